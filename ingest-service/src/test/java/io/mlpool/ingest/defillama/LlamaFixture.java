package io.mlpool.ingest.defillama;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.protocols.ProtocolFiles;
import io.mlpool.ingest.protocols.ProtocolIngestion;
import io.mlpool.ingest.requests.RequestCounts;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A DefiLlama source on a real database, with a clock that moves only by waiting. */
public final class LlamaFixture {

    public static final Instant NOW = Instant.parse("2026-03-10T12:07:00Z");

    public final TestDatabase database;
    public final SettableClock clock = new SettableClock(NOW);
    public final List<Duration> waits = new ArrayList<>();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final RawArchive archive;
    public final ProtocolIngestion ingestion;
    public final ProtocolStore store;
    private final URI root;

    public LlamaFixture(TestDatabase database, Path folder, URI root) {
        this.database = database;
        this.root = root;
        archive = new RawArchive(folder.resolve("archive"), clock);
        ingestion = ingestion(database);
        store = new ProtocolStore(database.jdbc());
    }

    /** The same archive, read into another database. */
    public ProtocolIngestion ingestion(TestDatabase into) {
        return new ProtocolIngestion(
                List.of(new DefiLlamaSource(), new ProtocolFiles(SymbolMap.bundled(), 1 << 30)),
                archive,
                into.dataSource(),
                new RunCounts(meters),
                clock);
    }

    DefiLlamaClient client() {
        return new DefiLlamaClient(
                settings(true, null),
                new RequestCounts<>("defillama", Trouble.class, meters),
                clock,
                this::pause,
                new Random(1));
    }

    public DefiLlama defiLlama() {
        return defiLlama(settings(true, null));
    }

    public DefiLlama switchedOff() {
        return defiLlama(settings(false, null));
    }

    DefiLlama withIncidentList(URI list) {
        return defiLlama(settings(true, list));
    }

    private DefiLlama defiLlama(DefiLlamaProperties settings) {
        return new DefiLlama(settings, ingestion, database.jdbc(), meters, clock, this::pause, new Random(1));
    }

    private DefiLlamaProperties settings(boolean enabled, @Nullable URI list) {
        return new DefiLlamaProperties(
                enabled,
                root,
                list,
                60,
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                DataSize.ofKilobytes(512),
                4,
                Duration.ofMinutes(3));
    }

    private synchronized void pause(Duration wait) {
        waits.add(wait);
        clock.advance(wait);
    }
}
