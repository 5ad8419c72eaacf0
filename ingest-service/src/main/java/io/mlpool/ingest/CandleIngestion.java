package io.mlpool.ingest;

import io.mlpool.ingest.archive.ArchivedPayload;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.cleaning.Cleaning;
import io.mlpool.ingest.loading.CandleLoad;
import io.mlpool.ingest.loading.CandleNotice;
import io.mlpool.ingest.loading.CandleTable;
import io.mlpool.ingest.loading.LoadedSeries;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.ingest.runs.RunLog;
import io.mlpool.ingest.timeframes.Timeframes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A payload's journey: archived, read by its source, brought into order, cleaned, loaded, longer candles derived, the run
 * recorded, the news sent. Everything in PostgreSQL happens in one transaction, so a crash leaves all of it or nothing, and doing
 * it again changes nothing.
 */
public final class CandleIngestion implements Ingestion {

    private final Map<String, MarketSource> sources;
    private final RawArchive archive;
    private final CandleTable candles;
    private final Timeframes timeframes;
    private final RunLog runs;
    private final RunCounts counts;
    private final CandleNotice notice;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public CandleIngestion(
            List<MarketSource> sources, RawArchive archive, DataSource dataSource, RunCounts counts, Clock clock) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        this.sources = sources.stream().collect(Collectors.toMap(MarketSource::name, Function.identity()));
        this.archive = archive;
        this.candles = new CandleTable(dataSource);
        this.timeframes = new Timeframes(jdbc);
        this.runs = new RunLog(jdbc);
        this.counts = counts;
        this.notice = new CandleNotice(jdbc);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.clock = clock;
        this.sources.keySet().forEach(counts::expect);
    }

    @Override
    public IngestReport ingest(Payload payload) {
        Instant startedAt = clock.instant();
        MarketSource source = sourceOf(payload);
        return ingest(archive.store(payload), source, startedAt);
    }

    @Override
    public IngestReport ingest(ArchivedPayload archived) {
        return ingest(archived, sourceOf(archived.payload()), clock.instant());
    }

    private IngestReport ingest(ArchivedPayload archived, MarketSource source, Instant startedAt) {
        try (Intake intake = Intake.read(archived, source)) {
            IngestReport done = Objects.requireNonNull(transaction.execute(status -> {
                List<LoadedSeries> loaded = load(intake, archived);
                List<LoadedSeries> derived = timeframes.derive(loaded, archived.fetchedAt());
                IngestReport report =
                        intake.report(runs.nextRun(), archived, loaded, derived).between(startedAt, clock.instant());
                runs.done(report);
                notice.send(loaded);
                notice.send(derived);
                return report;
            }));
            counts.done(done);
            return done;
        } catch (UnreadablePayloadException e) {
            Instant refusedAt = clock.instant();
            runs.refused(archived, startedAt, refusedAt, e);
            counts.refused(source.name(), Duration.between(startedAt, refusedAt));
            throw e;
        }
    }

    private List<LoadedSeries> load(Intake intake, ArchivedPayload archived) {
        try (CandleLoad load = candles.begin(archived.fetchedAt())) {
            new Cleaning(intake.findings, archived.fetchedAt()).clean(intake.rows.sorted(), load::add);
            return load.finish();
        }
    }

    private MarketSource sourceOf(Payload payload) {
        MarketSource source = sources.get(payload.source());
        if (source == null) {
            throw new IllegalArgumentException(
                    "no source is called '%s', there are %s".formatted(payload.source(), sources.keySet()));
        }
        return source;
    }
}
