package io.mlpool.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.market.Candle;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final SeriesKey KEY = SeriesKey.usd("bitcoin", Interval.FIVE_MINUTES);
    private static final Instant THEN = Instant.parse("2013-11-25T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-10T12:03:20Z");

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock(NOW);
    private final Recording recording = recording(40);
    private final Instant half = recording.after(0.5);

    @TempDir
    private Path folder;

    @Test
    void firstPartIsPlayedAtOnceAndTheRestCandleByCandle() {
        List<Integer> stored = new ArrayList<>();
        BooleanSupplier watching = () -> {
            stored.add(stored().size());
            return false;
        };

        assertThat(replay().play(recording, Speed.of("300x"), Times.ORIGINAL, half, watching))
                .isTrue();

        assertThat(stored).startsWith(0, 20).isSubsetOf(range(0, 40)).contains(21, 22, 38, 39);
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(20));
        assertThat(runs()).isEqualTo(21);
    }

    @Test
    void candlesKeepTheirOwnTimesAndAreKnownAsReplayed() {
        replay().play(recording, Speed.MAX, Times.ORIGINAL, half, () -> false);

        assertThat(stored()).isEqualTo(recording.candles());
        assertThat(clock.instant()).isEqualTo(NOW);
        assertThat(database.jdbc()
                        .sql(
                                "SELECT DISTINCT source FROM candle c JOIN series s ON s.id = c.series_id WHERE interval = '5m'")
                        .query(String.class)
                        .single())
                .isEqualTo("replay");
    }

    @Test
    void whenMovedTheLastCandleClosesAsItIsPlayedAndNoneComesFromTheFuture() {
        BooleanSupplier watching = () -> {
            assertThat(stored())
                    .allSatisfy(candle -> assertThat(candle.closeTime()).isBeforeOrEqualTo(clock.instant()));
            return false;
        };

        replay().play(recording, Speed.of("60x"), Times.END_NOW, half, watching);

        assertThat(stored()).hasSize(40);
        assertThat(stored().getLast().closeTime())
                .isEqualTo(Interval.FIVE_MINUTES.floor(clock.instant()))
                .isEqualTo(Instant.parse("2026-03-10T12:05:00Z"));
    }

    @Test
    void atOneTimesTheMovedCandlesComeAsTheyWouldLive() {
        replay().play(recording, Speed.of("1x"), Times.END_NOW, half, () -> false);

        assertThat(stored().getLast().closeTime()).isEqualTo(Instant.parse("2026-03-10T13:40:00Z"));
        assertThat(clock.instant())
                .isBetween(Instant.parse("2026-03-10T13:40:00Z"), Instant.parse("2026-03-10T13:45:00Z"));
    }

    @Test
    void afterAStopGoesOnWhereItWouldBeAndPlaysNothingTwice() {
        replay().play(recording, Speed.of("300x"), Times.ORIGINAL, half, () -> stored().size() >= 25);
        long before = runs();
        clock.advance(Duration.ofSeconds(8));
        List<Integer> stored = new ArrayList<>();

        boolean finished = replay().play(recording, Speed.of("300x"), Times.ORIGINAL, half, () -> {
            stored.add(stored().size());
            return false;
        });

        assertThat(finished).isTrue();
        assertThat(stored).startsWith(25, 33);
        assertThat(stored()).isEqualTo(recording.candles());
        assertThat(runs() - before).isEqualTo(8);
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(20));
    }

    @Test
    void whenAtItsEndStartsToNoEffect() {
        replay().play(recording, Speed.MAX, Times.END_NOW, half, () -> false);
        List<Candle> before = stored();
        long runs = runs();
        clock.advance(Duration.ofDays(3));

        assertThat(replay().play(recording, Speed.MAX, Times.END_NOW, half, () -> false))
                .isTrue();
        assertThat(replay().play(recording, Speed.of("60x"), Times.END_NOW, half, () -> false))
                .isTrue();

        assertThat(stored()).isEqualTo(before);
        assertThat(runs()).isEqualTo(runs);
    }

    @Test
    void anotherSpeedGoesOnFromWhereItStands() {
        replay().play(recording, Speed.of("60x"), Times.ORIGINAL, half, () -> stored().size() >= 25);
        Instant stopped = clock.instant();

        replay().play(recording, Speed.of("300x"), Times.ORIGINAL, half, () -> false);

        assertThat(stored()).isEqualTo(recording.candles());
        assertThat(Duration.between(stopped, clock.instant())).isEqualTo(Duration.ofSeconds(15));
    }

    private Replay replay() {
        CandleIngestion ingestion = new CandleIngestion(
                List.of(new ReplaySource()),
                new RawArchive(folder, clock),
                database.dataSource(),
                new RunCounts(new SimpleMeterRegistry()),
                clock);
        return new Replay(ingestion, database.jdbc(), clock, clock::advance);
    }

    private List<Candle> stored() {
        return new CandleStore(database.jdbc())
                .candles(KEY, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), 1000);
    }

    private long runs() {
        return database.jdbc()
                .sql("SELECT count(*) FROM ingest_run")
                .query(Long.class)
                .single();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    private static Recording recording(int size) {
        List<Candle> candles = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double price = 800 + Math.sin(i / 5.0);
            candles.add(Candle.of(
                    Interval.FIVE_MINUTES,
                    THEN.plus(Duration.ofMinutes(5L * i)),
                    price,
                    price + 1,
                    price - 1,
                    price + 0.5,
                    Volume.base(i + 1)));
        }
        return new Recording("test", KEY, candles);
    }
}
