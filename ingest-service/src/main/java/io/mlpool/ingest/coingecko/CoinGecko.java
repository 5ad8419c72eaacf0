package io.mlpool.ingest.coingecko;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.Pause;
import io.mlpool.ingest.requests.RequestCounts;
import io.mlpool.ingest.requests.SourceHealth;
import io.mlpool.market.SeriesKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pool does with CoinGecko: keep the list of assets, keep candles complete, say how it goes. */
public final class CoinGecko {

    private final CoinGeckoProperties settings;
    private final CreditBudget budget;
    private final SourceHealth health;
    private final AssetList assets;
    private final CoinGeckoHistory history;

    CoinGecko(
            CoinGeckoProperties settings,
            CandleIngestion ingestion,
            JdbcClient jdbc,
            MeterRegistry meters,
            Clock clock,
            Pause pause,
            RandomGenerator random) {
        this.settings = settings;
        this.budget = new CreditBudget(jdbc, clock, settings.monthlyCreditsOrPlan());
        this.health = new SourceHealth(CoinGeckoSource.NAME, jdbc, clock);
        CoinGeckoClient client = new CoinGeckoClient(
                settings,
                budget,
                health,
                new RequestCounts<>("coingecko", Trouble.class, meters),
                clock,
                pause,
                random);
        this.assets = new AssetList(client, jdbc);
        this.history =
                new CoinGeckoHistory(client, ingestion, new MissingCandles(jdbc), clock, settings.reachableHistory());
    }

    /**
     * Asks for the largest coins and the followed ones and stores what they are called; one credit or two.
     *
     * @return how many assets were told
     * @throws CoinGeckoException when the list cannot be had
     */
    public int refreshAssets(Collection<String> followed) {
        return assets.refresh(followed);
    }

    /**
     * Asks for every candle of the series that is missing within the history, newest first; nothing is asked when none is.
     *
     * @return whether nothing is missing any more that can be expected by now
     * @throws CoinGeckoException when CoinGecko does not answer; what came before that is stored
     */
    public boolean complete(SeriesKey key) {
        return history.complete(key);
    }

    /** Whether it is asked at all. */
    public boolean enabled() {
        return settings.enabled();
    }

    /** How it goes, over all replicas. */
    public State state() {
        SourceHealth.Report report = health.report().orElse(new SourceHealth.Report(null, null, null));
        return new State(
                settings.access().plan(),
                report.lastSuccess(),
                report.lastError(),
                report.lastErrorAt(),
                budget.used(),
                budget.left());
    }

    /**
     * How requests went.
     *
     * @param lastError in words, with what to do; also when a later request succeeded
     * @param creditsUsed in this calendar month (UTC)
     */
    public record State(
            Plan plan,
            @Nullable Instant lastSuccess,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt,
            long creditsUsed,
            long creditsLeft) {

        /** Whether the last request failed. */
        public boolean failing() {
            return lastErrorAt != null && (lastSuccess == null || lastErrorAt.isAfter(lastSuccess));
        }
    }
}
