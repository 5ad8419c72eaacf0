package io.mlpool.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedTest {

    @ParameterizedTest
    @CsvSource({"1x,PT1H", "60x,PT1M", "3600x,PT1S", "1.5x,PT40M", "max,PT0S"})
    void hourTakes(String speed, Duration playing) {
        assertThat(Speed.of(speed).toPlay(Duration.ofHours(1))).isEqualTo(playing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x", "999999x", "2.5x", "max"})
    void writtenSpeedIsReadAgain(String speed) {
        assertThat(Speed.of(Speed.of(speed).toString())).isEqualTo(Speed.of(speed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "fast", "-1x", "1e9x", "0.5x", "0x"})
    void otherTextIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Speed.of(text)).withMessageContaining("speed must");
    }

    @Test
    void notANumberIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Speed(Double.NaN));
    }
}
