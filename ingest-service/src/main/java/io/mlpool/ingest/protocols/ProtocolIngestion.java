package io.mlpool.ingest.protocols;

import io.mlpool.ingest.IngestReport;
import io.mlpool.ingest.Ingestion;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.archive.ArchivedPayload;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.ingest.runs.RunLog;
import io.mlpool.protocols.LockedValue;
import io.mlpool.protocols.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The journey of a payload that tells of protocols: archived, read by its source, dated by when it was known, added to what is known,
 * the run recorded. Everything in PostgreSQL happens in one transaction, so a crash leaves all of it or nothing, and doing it
 * again changes nothing.
 */
public final class ProtocolIngestion implements Ingestion {

    /** A list that lost more than this part of its protocols is taken for broken. */
    private static final double MOST_WITHDRAWN = 0.1;

    private final Map<String, ProtocolSource> sources;
    private final RawArchive archive;
    private final FeedTable feeds;
    private final ProtocolTable protocols;
    private final LockedValueTable values;
    private final IncidentTable incidents;
    private final RunLog runs;
    private final RunCounts counts;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public ProtocolIngestion(
            List<ProtocolSource> sources, RawArchive archive, DataSource dataSource, RunCounts counts, Clock clock) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        this.sources = sources.stream().collect(Collectors.toMap(ProtocolSource::name, Function.identity()));
        this.archive = archive;
        this.feeds = new FeedTable(jdbc);
        this.protocols = new ProtocolTable(jdbc);
        this.values = new LockedValueTable(jdbc);
        this.incidents = new IncidentTable(jdbc);
        this.runs = new RunLog(jdbc);
        this.counts = counts;
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.clock = clock;
        this.sources.keySet().forEach(counts::expectFacts);
    }

    /** Whether the payload tells of protocols. */
    public boolean reads(ArchivedPayload archived) {
        ProtocolSource source = sources.get(archived.payload().source());
        try {
            return source != null && source.reads(archived.payload());
        } catch (IOException e) {
            throw unread(archived, e);
        }
    }

    @Override
    public IngestReport ingest(Payload payload) {
        return ingest(archive.store(payload));
    }

    @Override
    public IngestReport ingest(ArchivedPayload archived) {
        Instant startedAt = clock.instant();
        try {
            Told told = read(archived);
            IngestReport report =
                    Objects.requireNonNull(transaction.execute(status -> store(told, archived, startedAt)));
            counts.done(report);
            return report;
        } catch (UnreadablePayloadException e) {
            Instant refusedAt = clock.instant();
            runs.refused(archived, startedAt, refusedAt, e);
            counts.refused(archived.payload().source(), Duration.between(startedAt, refusedAt));
            throw e;
        }
    }

    private Told read(ArchivedPayload archived) {
        ProtocolSource source = sources.get(archived.payload().source());
        if (source == null) {
            throw new IllegalArgumentException("no source of protocols is called '%s', there are %s"
                    .formatted(archived.payload().source(), sources.keySet()));
        }
        try {
            return source.read(archived.payload(), archived.fetchedAt());
        } catch (IOException e) {
            throw unread(archived, e);
        }
    }

    private IngestReport store(Told told, ArchivedPayload archived, Instant startedAt) {
        Instant fetchedAt = archived.fetchedAt();
        feeds.lock();
        Dating dating = feeds.dating(told.feed(), fetchedAt);
        long withdrawn = withdraw(told, fetchedAt);
        Written listed = protocols.write(told.protocols(), fetchedAt);
        long described = describe(told, fetchedAt);
        Written rows = listed.and(values.write(told.valuesBy(), told.values(), dating))
                .and(incidents.write(told.incidents(), dating));
        long totals = values.write(told.valuesBy(), told.totals(), dating).rows();
        feeds.read(told.feed(), fetchedAt);
        IngestReport report = report(told, archived, startedAt, rows, withdrawn + described + totals);
        runs.done(report);
        return report;
    }

    /** What the newest whole list does not hold any more is not forgotten: it ended, and that is news. */
    private long withdraw(Told told, Instant fetchedAt) {
        if (told.protocols().isEmpty()) {
            return 0;
        }
        long listed = protocols.listed(fetchedAt);
        if (told.protocols().size() < listed * (1 - MOST_WITHDRAWN)) {
            told.noted(
                    Reason.SHORT_LIST,
                    0,
                    "%d protocols, %d before".formatted(told.protocols().size(), listed));
            return 0;
        }
        return protocols.withdraw(told.protocols().stream().map(Protocol::slug).toList(), fetchedAt);
    }

    private long describe(Told told, Instant fetchedAt) {
        protocols.name(
                told.values().stream().map(LockedValue::protocol).distinct().toList());
        if (told.feed() != null) {
            return protocols.write(told.mentioned(), fetchedAt).rows();
        }
        Map<String, LocalDate> firstDays = told.values().stream()
                .collect(Collectors.toMap(
                        LockedValue::protocol, LockedValue::day, BinaryOperator.minBy(Comparator.naturalOrder())));
        told.mentioned().stream()
                .filter(protocol -> firstDays.containsKey(protocol.slug()))
                .forEach(protocol -> protocols.introduce(protocol, endOf(firstDays.get(protocol.slug())), fetchedAt));
        return 0;
    }

    private static Instant endOf(@Nullable LocalDate day) {
        return Objects.requireNonNull(day)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private IngestReport report(Told told, ArchivedPayload archived, Instant startedAt, Written rows, long derived) {
        return new IngestReport(
                runs.nextRun(),
                archived.payload().source(),
                archived.payload().name(),
                archived.sha256(),
                startedAt,
                clock.instant(),
                new IngestReport.Rows(
                        told.read(),
                        told.findings().dropped(),
                        rows.added(),
                        rows.replaced(),
                        rows.unchanged(),
                        0,
                        derived),
                told.findings().list(),
                List.of());
    }

    private static UncheckedIOException unread(ArchivedPayload archived, IOException e) {
        return new UncheckedIOException(
                "%s could not be read from the archive: %s"
                        .formatted(archived.payload().name(), e.getMessage()),
                e);
    }
}
