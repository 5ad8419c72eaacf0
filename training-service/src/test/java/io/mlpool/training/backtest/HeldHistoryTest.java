package io.mlpool.training.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.SeriesSummary;
import io.mlpool.model.Algorithm;
import io.mlpool.model.Horizon;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldHistoryTest {

    private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2022-01-01T00:00:00Z");
    private static final BacktestProperties LIMITS = new BacktestProperties(10_000, 1000, 20);

    /** The first window ends 400 hours after the first candle opens. */
    private static final HeldHistory HELD = new HeldHistory(
            Interval.ONE_HOUR,
            List.of(series("bitcoin", START, END), series("ethereum", START, END), series("solana", day(200), END)),
            Duration.ofHours(400),
            Duration.ofHours(24));

    @Test
    void aTimeWithEnoughBeforeItIsFine() {
        assertThatCode(() -> HELD.require(spec(day(100), day(200), "bitcoin"), LIMITS))
                .doesNotThrowAnyException();
    }

    @Test
    void anUnknownAssetIsRefusedWithThoseWhoseNamesAreNear() {
        InvalidRequestException refusal = refusal(HELD, spec(day(100), day(200), "bitcoin", "etherum"));

        assertThat(refusal.details().getFirst().loc()).isEqualTo(List.of("body", "assets", 1));
        assertThat(refusal)
                .hasMessageContaining("there are no 1h candles of it, there are of ethereum, bitcoin, solana");
    }

    @Test
    void aTimeWithoutCandlesIsRefusedWithThoseThereAre() {
        assertThat(refusal(HELD, spec(day(100), day(150), "solana")))
                .hasMessageContaining("there are no 1h candles between %s and %s: those of solana are from %s to %s"
                        .formatted(day(100), day(150), day(200), END));
        assertThat(refusal(HELD, spec(END, END.plus(Duration.ofDays(9)))))
                .hasMessageContaining("those of bitcoin are from");
        assertThatCode(() -> HELD.require(spec(day(100), day(150)), LIMITS))
                .as("of all there are those that were there")
                .doesNotThrowAnyException();
    }

    @Test
    void aTimeOfWhichNoOutcomeIsKnownYetIsRefusedWithTheLastThatIs() {
        Instant latest = END.minus(Duration.ofHours(25));

        assertThat(refusal(HELD, spec(latest.plusSeconds(1), END, "bitcoin")))
                .hasMessageContaining(
                        "known 24 hours later, and the newest 1h candle closed at %s: from must be %s or before"
                                .formatted(END, latest));
        assertThatCode(() -> HELD.require(spec(latest, END, "bitcoin"), LIMITS)).doesNotThrowAnyException();
    }

    @Test
    void aTimeWithTooLittleBeforeItIsRefusedWithTheFirstThatIsFine() {
        Instant earliest = START.plus(Duration.ofHours(400 + 24 + 500));

        assertThat(refusal(HELD, spec(day(20), day(60), "bitcoin")))
                .hasMessageContaining(
                        "a model takes 1,000 windows of history, and 10 times its longest horizon; from %s on there is enough"
                                .formatted(earliest));
        assertThatCode(() -> HELD.require(spec(earliest, day(60), "bitcoin"), LIMITS))
                .doesNotThrowAnyException();
        assertThat(refusal(HELD, spec(earliest.minusSeconds(3600), day(60), "bitcoin")))
                .hasMessageContaining("too little");
    }

    @Test
    void manyCandlesOfAShortTimeAreTooLittle() {
        List<SeriesSummary> many = IntStream.range(0, 100)
                .mapToObj(i -> series("coin-" + i, START, END))
                .toList();
        HeldHistory wide = new HeldHistory(Interval.ONE_HOUR, many, Duration.ofHours(400), Duration.ofHours(24));
        Instant tenHorizons = START.plus(Duration.ofHours(400 + 24 + 240));

        assertThat(refusal(wide, spec(START.plus(Duration.ofHours(440)), day(60), "coin-1")))
                .hasMessageContaining("from %s on there is enough".formatted(tenHorizons));
    }

    @Test
    void whereAllThereIsDoesNotSufficeThatIsSaid() {
        HeldHistory little = new HeldHistory(
                Interval.ONE_HOUR,
                List.of(series("bitcoin", START, day(20))),
                Duration.ofHours(400),
                Duration.ofHours(24));

        assertThat(refusal(little, spec(day(18), day(20), "bitcoin")))
                .hasMessageContaining("all candles there are do not suffice, import or fetch more");
        HeldHistory nothing =
                new HeldHistory(Interval.ONE_HOUR, List.of(), Duration.ofHours(400), Duration.ofHours(24));
        assertThat(refusal(nothing, spec(day(18), day(20)))).hasMessageContaining("there are no 1h candles at all");
    }

    @Test
    void moreForecastsThanFitIntoMemoryAreRefused() {
        assertThat(refusal(HELD, spec(day(100), END)))
                .hasMessageContaining("these are up to 16,680 forecasts", "a backtest makes at most 10,000")
                .hasMessageContaining("name assets, or a shorter time");
    }

    private static InvalidRequestException refusal(HeldHistory held, BacktestSpec spec) {
        return Objects.requireNonNull(
                catchThrowableOfType(InvalidRequestException.class, () -> held.require(spec, LIMITS)));
    }

    private static BacktestSpec spec(Instant from, Instant to, String... assets) {
        return new BacktestSpec(
                "one",
                Interval.ONE_HOUR,
                List.of(assets),
                from,
                to,
                Horizon.of("30d"),
                Algorithm.VOLATILITY,
                1,
                Map.of(),
                1000);
    }

    private static SeriesSummary series(String asset, Instant from, Instant to) {
        return new SeriesSummary(SeriesKey.usd(asset, Interval.ONE_HOUR), from, to.minus(Duration.ofHours(1)));
    }

    private static Instant day(int day) {
        return START.plus(Duration.ofDays(day));
    }
}
