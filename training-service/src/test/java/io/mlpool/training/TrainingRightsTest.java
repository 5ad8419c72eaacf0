package io.mlpool.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.security.Scope;
import io.mlpool.testing.AuditedCalls;
import io.mlpool.testing.TableOfRights;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRightsTest {

    private final TableOfRights documented = TableOfRights.of("Training");

    @Test
    void tableIsTheDocumentedOne() {
        documented.assertIs(new TrainingRights().rights());
    }

    @Test
    void everyEndpointIsOpenToTheDocumentedScopeAndToNoOther(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        Map<Scope, String> keys = TableOfRights.keys(database);
        try (TrainingServer server = TrainingServer.start(
                database,
                folder,
                new FakeTrainer(0),
                "mlpool.security.mode=api-key",
                "mlpool.security.rate.per-address=0")) {
            documented.assertHolds(server.context(), keys);
        }
        assertThat(AuditedCalls.of(database))
                .contains(
                        "training-service anonymous POST /runs 401",
                        "training-service only-read POST /runs 403",
                        "training-service only-train POST /runs/{id}/cancel 404",
                        "training-service only-read GET /runs 200");
    }
}
