package io.mlpool.standalone.bench;

import io.mlpool.model.Calibration;
import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelVersion;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A month of a pool's life, hour by hour as fast as it will: made-up candles come in, forecasts are made and scored, models are trained when there is
 * reason to and promoted or refused, in the middle somebody makes a version with nonsense quantiles the champion, and nobody looks. The services live by
 * a clock that stands until all of an hour's work is done; only db-scheduler's tasks are due by the system's clock, so they look all the time, and the
 * schedule of trainings, which is a time of the day, is left out.
 */
public final class Month {

    static final String MODEL = "price-1h";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** Long enough for each task to look twice. */
    private static final Duration BREATH = Duration.ofMillis(700);

    private static final double NONSENSE = 4;

    private final PoolUnderTest pool;
    private final SimulatedClock clock;
    private final Printout out;
    private final Length length;
    private final JdbcClient jdbc;
    private final Calls calls = new Calls();
    private final Instant begin;
    private final MoodyMarket market;

    /**
     * How long it is.
     *
     * @param history days of candles that are there at the beginning
     * @param hours that are lived then
     * @param sabotagedAfter hours
     */
    public record Length(int assets, int history, int hours, int sabotagedAfter) {}

    /** @param begin hour at which it begins; all of it lies in the past */
    public Month(PoolUnderTest pool, SimulatedClock clock, Instant begin, PrintStream stream, Length length) {
        this.pool = pool;
        this.clock = clock;
        this.out = new Printout(stream);
        this.length = length;
        this.jdbc = pool.jdbc();
        this.begin = begin;
        Instant stress = begin.plus(Duration.ofHours(2L * length.hours() / 3));
        this.market = new MoodyMarket(5, length.assets(), begin.minus(Duration.ofDays(length.history())), stress);
    }

    /** What the services of such a pool are started with: tasks that look all the time, and a training that takes a few seconds. */
    public static Map<String, Object> settings(int assets) {
        return Map.ofEntries(
                Map.entry("db-scheduler.polling-interval", "50ms"),
                Map.entry("mlpool.experiments.every", "100ms"),
                Map.entry("mlpool.decay.every", "300ms"),
                Map.entry("mlpool.live.poll-interval", "100ms"),
                Map.entry("mlpool.training.triggers.intervals", "1h"),
                Map.entry("mlpool.training.triggers.algorithms", "volatility"),
                Map.entry("mlpool.training.triggers.schedule", "-"),
                Map.entry("mlpool.training.triggers.new-candles", assets * 24 * 7),
                Map.entry("mlpool.training.triggers.look", "200ms"),
                Map.entry("mlpool.keeping.newest", 3),
                Map.entry("mlpool.keeping.age", "7d"),
                Map.entry("mlpool.keeping.every", "1s"));
    }

    /** Lives it and prints what happened. */
    public void run() {
        out.title("month: %d hours of candles of %d assets after %d days of history, made up"
                .formatted(length.hours(), length.assets(), length.history()));
        clock.set(begin);
        pool.upload(
                market.zip(pool.scratch().resolve("history.zip"), 24 * length.history()),
                Map.of(),
                24L * length.history() * length.assets());
        firstModel();
        MonthReport report = new MonthReport(pool, out, begin);
        report.begin();
        Stopwatch watch = Stopwatch.start();
        for (int hour = 1; hour <= length.hours(); hour++) {
            hour();
            if (hour == length.sabotagedAfter()) {
                sabotage();
            }
            if (hour % 24 == 0) {
                LockSupport.parkNanos(BREATH.toNanos());
                await("the runs that began", () -> !isTraining());
                report.note();
            }
        }
        report.note();
        report.end(watch.seconds());
    }

    private void firstModel() {
        calls.post(pool.training() + "/runs", Map.of("interval", "1h", "algorithm", "volatility"));
        await("the first run", () -> !isTraining());
        await("the first forecasts", () -> isForecast(market.closed()));
        LockSupport.parkNanos(BREATH.toNanos());
    }

    private void hour() {
        Instant close = market.closed().plus(Duration.ofHours(1));
        clock.set(close.plusSeconds(5));
        pool.upload(market.zip(pool.scratch().resolve("hour.zip"), 1), Map.of(), length.assets());
        await("the runs that began", () -> !isTraining());
        await("the forecasts as of " + close, () -> isForecast(close));
        await("a look at the experiments", this::isLookedAt);
    }

    /** As if the gate had been fooled: quantiles that are all far too high, in a bundle that is whole and signed. */
    private void sabotage() {
        FolderRegistry registry = new FolderRegistry(pool.registry(), pool.signing());
        ModelVersion champion = registry.find(MODEL, Alias.CHAMPION).orElseThrow();
        ForecastBundle bundle = ForecastBundle.of(registry.fetch(champion));
        List<List<Double>> high = Collections.nCopies(
                bundle.manifest().shape().horizons().size(),
                Collections.nCopies(bundle.manifest().shape().levels().size(), NONSENSE));
        ForecastBundle broken =
                BundleCopy.write(pool.scratch().resolve("sabotaged"), bundle, "-sabotaged", new Calibration(high));
        ModelVersion version = registry.register(
                broken.bundle(), Map.of("promoted", "true", "decision", "Promoted: somebody fooled the gate."));
        registry.assign(MODEL, Alias.CHAMPION, version.version());
        await("the sabotaged version to be watched", () -> isWatched(version.version()));
        out.line(
                "sabotaged: version %d, with nonsense quantiles, took the place of version %d at %s",
                version.version(), champion.version(), clock.instant());
    }

    private boolean isTraining() {
        return is("SELECT EXISTS (SELECT FROM training_run WHERE state IN ('queued', 'running'))");
    }

    private boolean isForecast(Instant close) {
        return jdbc.sql(
                        "SELECT count(DISTINCT asset) >= :assets FROM forecast WHERE as_of = :close AND variant = 'champion'")
                .param("assets", length.assets())
                .param("close", close.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private boolean isLookedAt() {
        return jdbc.sql("""
                SELECT NOT EXISTS (SELECT FROM experiment WHERE state IN ('running', 'promoting')
                                   AND coalesce((standings ->> 'looked_at')::timestamptz, '-infinity') < :now)
                """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private boolean isWatched(int version) {
        return is("SELECT EXISTS (SELECT FROM experiment WHERE control = %d AND kind = 'watch')".formatted(version));
    }

    private boolean is(String question) {
        return jdbc.sql(question).query(Boolean.class).single();
    }

    private static void await(String what, BooleanSupplier there) {
        Stopwatch watch = Stopwatch.start();
        while (!there.getAsBoolean()) {
            if (watch.seconds() > PATIENCE.toSeconds()) {
                throw new IllegalStateException("%s did not come within %d s".formatted(what, PATIENCE.toSeconds()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
