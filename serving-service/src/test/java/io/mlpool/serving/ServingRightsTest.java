package io.mlpool.serving;

import io.mlpool.security.Scope;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TableOfRights;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingRightsTest {

    private final TableOfRights documented = TableOfRights.of("Serving");

    @Test
    void tableIsTheDocumentedOne() {
        documented.assertIs(new ServingRights().rights());
    }

    @Test
    void everyEndpointIsOpenToTheDocumentedScopeAndToNoOther(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        Map<Scope, String> keys = TableOfRights.keys(database);
        try (ServingServer server = ServingServer.start(
                database,
                folder,
                new SettableClock(Instant.parse("2026-01-01T00:00:00Z")),
                "mlpool.security.mode=api-key",
                "mlpool.security.rate.per-address=0")) {
            documented.assertHolds(server.context(), keys);
        }
    }
}
