package io.mlpool.serving.alert;

import static io.mlpool.serving.alert.AlertWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.serving.alert.rule.Champion;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveChampionsTest {

    @Test
    void thereAreNoneUntilAllAreLoaded() {
        List<Champion> loaded = List.of(new Champion("price-1h", true, NOON));
        LiveChampions champions = new LiveChampions(() -> loaded);

        assertThat(champions.all()).isEmpty();
        champions.loaded();
        assertThat(champions.all()).isEqualTo(loaded);
    }
}
