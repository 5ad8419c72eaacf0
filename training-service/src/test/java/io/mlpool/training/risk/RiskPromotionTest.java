package io.mlpool.training.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.ConstantModel;
import io.mlpool.training.OvertakenRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RiskPromotionTest {

    private static final String MODEL = "price-1h";
    private static final RiskComparison WON = new RiskComparison("another", 0.1, 0.2, 50, 0.001, 400, 7);

    @TempDir
    private Path folder;

    @Test
    void aChampionThatWentLiveAtTheLastMomentStays() {
        FolderRegistry registry = new FolderRegistry(folder.resolve("registry"));
        for (int run = 1; run <= 3; run++) {
            registry.register(ConstantModel.bundle(folder.resolve("bundle" + run), "run-" + run), Map.of());
        }
        registry.assign(MODEL, Alias.CHAMPION, 1);
        registry.assign(MODEL, Alias.CHALLENGER, 3);
        ModelVersion candidate = registry.find(MODEL, 3).orElseThrow();
        RiskDecision won = new RiskDecision(true, "Promoted: it won", 1, null, null, 0.05, List.of(WON, WON, WON));

        RiskDecision carriedOut =
                new RiskPromotion(OvertakenRegistry.by(2, MODEL, registry), MODEL).carryOut(won, candidate);

        assertThat(registry.target(MODEL, Alias.CHAMPION)).hasValue(2);
        assertThat(registry.target(MODEL, Alias.CHALLENGER))
                .as("it is watched on")
                .hasValue(3);
        assertThat(carriedOut.promoted()).isFalse();
        assertThat(carriedOut.reason()).contains("meanwhile version 2 became the champion");
        assertThat(new RiskPromotion(registry, MODEL)
                        .carryOut(new RiskDecision(true, "Promoted", 2, null, null, 0.05, won.comparisons()), candidate)
                        .promoted())
                .as("over the one it beat it is promoted")
                .isTrue();
        assertThat(registry.target(MODEL, Alias.CHAMPION)).hasValue(3);
    }
}
