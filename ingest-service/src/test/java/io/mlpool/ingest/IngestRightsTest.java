package io.mlpool.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.security.Scope;
import io.mlpool.testing.AuditedCalls;
import io.mlpool.testing.TableOfRights;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class IngestRightsTest {

    private final TableOfRights documented = TableOfRights.of("Ingest");

    @Test
    void tableIsTheDocumentedOne() {
        documented.assertIs(new IngestRights().rights());
    }

    @Test
    void everyEndpointIsOpenToTheDocumentedScopeAndToNoOther(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        Map<Scope, String> keys = TableOfRights.keys(database);
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(IngestService.class)
                .run(
                        "--spring.config.name=ingest-service",
                        "--server.port=0",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=postgres",
                        "--mlpool.ingest.archive=" + folder.resolve("archive"),
                        "--mlpool.ingest.coingecko.enabled=false",
                        "--mlpool.ingest.defillama.enabled=false",
                        "--mlpool.ingest.inbox.folder=" + folder.resolve("inbox"),
                        "--mlpool.security.mode=api-key",
                        "--mlpool.security.rate.per-address=0")) {
            documented.assertHolds(service, keys);
        }
        assertThat(AuditedCalls.of(database))
                .contains(
                        "ingest-service anonymous POST /uploads 401",
                        "ingest-service only-read POST /uploads 403",
                        "ingest-service only-train POST /sources/coingecko/fetch 409",
                        "ingest-service only-read GET /coverage 200");
    }
}
