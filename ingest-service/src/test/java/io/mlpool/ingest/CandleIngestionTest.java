package io.mlpool.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandleIngestionTest {

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock(Instant.parse("2024-06-01T00:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void payloadWhenTakenInTwiceChangesNothingTheSecondTime() {
        CandleIngestion ingestion = new CandleIngestion(
                List.of(new TenRows()), new RawArchive(folder, clock), database.dataSource(), clock);
        String closes = IntStream.range(0, 48).mapToObj(i -> "" + (100 + i)).collect(Collectors.joining("\n"));
        Payload payload = new Payload(
                "lines", "closes", Map.of(), () -> new ByteArrayInputStream(closes.getBytes(StandardCharsets.UTF_8)));

        IngestReport first = ingestion.ingest(payload);
        IngestReport second = ingestion.ingest(payload);

        assertThat(first.rows()).isEqualTo(new IngestReport.Rows(48, 0, 48, 0, 0, 0, 14));
        assertThat(second.rows()).isEqualTo(new IngestReport.Rows(48, 0, 0, 0, 48, 0, 0));
    }
}
