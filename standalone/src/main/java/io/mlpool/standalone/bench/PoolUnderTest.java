package io.mlpool.standalone.bench;

import io.mlpool.signing.BundleSigning;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * A running pool that exists to be measured.
 *
 * @param serving address of the service, without a slash at its end; so are the next two
 * @param database JDBC URL
 * @param registry folder of the registered models
 * @param signing of those models
 * @param scratch folder for files of the measurement
 * @param mainClass of the command {@code ./mlpool}, to start another process of it
 * @param uploading how a file gets into this pool
 */
public record PoolUnderTest(
        String serving,
        String ingest,
        String training,
        String database,
        Path registry,
        BundleSigning signing,
        Path scratch,
        String mainClass,
        Uploading uploading) {

    /** Sends a file as {@code POST /uploads} takes it, and waits until its candles are committed. */
    @FunctionalInterface
    public interface Uploading {
        JsonNode upload(Path file, Map<String, String> parameters);
    }

    /** Uploads a file of candles that all are good and new. */
    void upload(Path file, Map<String, String> parameters, long candles) {
        long added =
                uploading.upload(file, parameters).path("rows").path("added").asLong();
        if (added != candles) {
            throw new IllegalStateException("%s holds %,d new candles, but %,d were added: see %s/runs"
                    .formatted(file.getFileName(), candles, added, ingest));
        }
    }

    JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    DriverManagerDataSource dataSource() {
        return new DriverManagerDataSource(database, "postgres", "");
    }
}
