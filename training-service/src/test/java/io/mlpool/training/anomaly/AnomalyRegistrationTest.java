package io.mlpool.training.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.ConstantModel;
import io.mlpool.training.OvertakenRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomalyRegistrationTest {

    private static final String MODEL = "price-1h";

    /** As a run writes it that won against version 1. */
    private static final Map<String, String> WON = Map.of("decision_numbers", """
            {"promoted": true, "reason": "Promoted: it won", "champion_version": 1, "alarms_of_budget": 0.9,
             "against_naive": {"opponent": "naive", "candidate_rate": 0.9, "opponent_rate": 0.5, "only_candidate": 40,
                               "only_opponent": 0, "difference": 0.4, "least": 0.3}}
            """);

    @TempDir
    private Path folder;

    @Test
    void aChampionThatWentLiveAtTheLastMomentStays() {
        FolderRegistry registry = new FolderRegistry(folder.resolve("registry"));
        for (int run = 1; run <= 3; run++) {
            registry.register(ConstantModel.bundle(folder.resolve("bundle" + run), "run-" + run), WON);
        }
        registry.assign(MODEL, Alias.CHAMPION, 1);
        ModelVersion candidate = registry.find(MODEL, 3).orElseThrow();

        AnomalyDecision carriedOut =
                new AnomalyRegistration(OvertakenRegistry.by(2, MODEL, registry), MODEL).carryOut(candidate);

        assertThat(registry.target(MODEL, Alias.CHAMPION)).hasValue(2);
        assertThat(carriedOut.promoted()).isFalse();
        assertThat(carriedOut.reason()).contains("meanwhile version 2 became the champion");
        registry.assign(MODEL, Alias.CHAMPION, 1);
        assertThat(new AnomalyRegistration(registry, MODEL).carryOut(candidate).promoted())
                .as("over the one it beat it is promoted")
                .isTrue();
        assertThat(registry.target(MODEL, Alias.CHAMPION)).hasValue(3);
    }
}
