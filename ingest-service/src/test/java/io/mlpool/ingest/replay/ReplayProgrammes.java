package io.mlpool.ingest.replay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;

/** Replays for tests of other packages. */
public final class ReplayProgrammes {

    private ReplayProgrammes() {}

    /** One at full speed into the database. */
    public static ReplayProgramme max(TestDatabase database, Path folder, SettableClock clock, String recording) {
        return programme(true, database, folder, clock, recording);
    }

    /** One that is not to be played. */
    public static ReplayProgramme off(TestDatabase database, Path folder, SettableClock clock) {
        return programme(false, database, folder, clock, ReplayProgramme.BITSTAMP);
    }

    private static ReplayProgramme programme(
            boolean enabled, TestDatabase database, Path folder, SettableClock clock, String recording) {
        CandleIngestion ingestion = new CandleIngestion(
                List.of(new ReplaySource()),
                new RawArchive(folder, clock),
                database.dataSource(),
                new RunCounts(new SimpleMeterRegistry()),
                clock);
        ReplayProperties settings =
                new ReplayProperties(enabled, recording, null, null, "max", Times.ORIGINAL, 0.8, null);
        Replay replay = new Replay(ingestion, database.jdbc(), clock, clock::advance);
        return new ReplayProgramme(settings, replay, new FileSource(SymbolMap.bundled(), 1_000_000));
    }
}
