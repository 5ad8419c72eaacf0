package io.mlpool.ingest.coingecko;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.requests.RequestCounts;
import io.mlpool.ingest.requests.SourceHealth;
import io.mlpool.ingest.runs.RunCounts;
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

/** A CoinGecko source on a real database, with a clock that moves only by waiting. */
public final class Fixture {

    public static final Instant NOW = Instant.parse("2026-03-10T12:07:00Z");

    public final TestDatabase database;
    public final SettableClock clock = new SettableClock(NOW);
    public final List<Duration> waits = new ArrayList<>();
    private final CoinGeckoProperties settings;

    private Fixture(TestDatabase database, CoinGeckoProperties settings) {
        this.database = database;
        this.settings = settings;
    }

    public static Fixture on(TestDatabase database, URI root, Duration history) {
        return new Fixture(database, settings(Plan.KEYLESS, null, root, 1000L, history));
    }

    static Fixture budget(TestDatabase database, URI root, long monthlyCredits) {
        return new Fixture(database, settings(Plan.KEYLESS, null, root, monthlyCredits, Duration.ofDays(90)));
    }

    static CoinGeckoProperties settings(
            Plan plan, @Nullable String key, URI root, Long monthlyCredits, Duration history) {
        return new CoinGeckoProperties(
                true,
                plan,
                key,
                root,
                1000,
                monthlyCredits,
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                DataSize.ofKilobytes(512),
                4,
                Duration.ofMinutes(3),
                history);
    }

    CoinGeckoClient client() {
        return client(settings);
    }

    CoinGeckoClient client(CoinGeckoProperties other) {
        CreditBudget budget = budget();
        SourceHealth health = new SourceHealth(CoinGeckoSource.NAME, database.jdbc(), clock);
        return new CoinGeckoClient(
                other,
                budget,
                health,
                new RequestCounts<>("coingecko", Trouble.class, new SimpleMeterRegistry()),
                clock,
                this::pause,
                new Random(1));
    }

    CreditBudget budget() {
        return new CreditBudget(database.jdbc(), clock, settings.monthlyCreditsOrPlan());
    }

    /** The whole source, archiving in {@code folder}. */
    public CoinGecko coinGecko(Path folder) {
        return coinGecko(folder, settings);
    }

    /** The same, turned off. */
    public CoinGecko switchedOff(Path folder) {
        return coinGecko(
                folder,
                new CoinGeckoProperties(
                        false,
                        settings.plan(),
                        settings.apiKey(),
                        settings.baseUrl(),
                        settings.requestsPerMinute(),
                        settings.monthlyCredits(),
                        settings.connectTimeout(),
                        settings.readTimeout(),
                        settings.maxResponse(),
                        settings.attempts(),
                        settings.longestWait(),
                        settings.history()));
    }

    private CoinGecko coinGecko(Path folder, CoinGeckoProperties settings) {
        CandleIngestion ingestion = new CandleIngestion(
                List.of(new CoinGeckoSource()),
                new RawArchive(folder, clock),
                database.dataSource(),
                new RunCounts(new SimpleMeterRegistry()),
                clock);
        return new CoinGecko(
                settings, ingestion, database.jdbc(), new SimpleMeterRegistry(), clock, this::pause, new Random(1));
    }

    private synchronized void pause(Duration wait) {
        waits.add(wait);
        clock.advance(wait);
    }
}
