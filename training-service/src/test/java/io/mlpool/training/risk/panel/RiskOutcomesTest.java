package io.mlpool.training.risk.panel;

import static io.mlpool.training.risk.panel.RiskOutcomes.Outcome.EVENT;
import static io.mlpool.training.risk.panel.RiskOutcomes.Outcome.NOT_KNOWN;
import static io.mlpool.training.risk.panel.RiskOutcomes.Outcome.NO_EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import io.mlpool.model.Horizon;
import io.mlpool.protocols.Known;
import io.mlpool.protocols.LockedValue;
import io.mlpool.protocols.Protocol;
import io.mlpool.risk.ProtocolHistory;
import io.mlpool.risk.RiskEvent;
import io.mlpool.risk.RiskFeature;
import io.mlpool.risk.RiskRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RiskOutcomesTest {

    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");
    private static final RiskEvent EVENT_OF_A_WEEK = new RiskEvent(Horizon.of("7d"), 0.3, 0.5);
    private static final Instant LATE = day(100);

    @Test
    void closeThatFarBelowThatOfThenWithinTheHorizonIsTheEvent() {
        CandleSeries series = days(100, 100, 100, 100, 69, 100, 100, 100, 100, 100, 100, 100, 100, 100);

        assertThat(outcome(series, 1)).isEqualTo(EVENT);
        assertThat(outcome(series, 4)).isEqualTo(EVENT);
        assertThat(outcome(series, 5)).isEqualTo(NO_EVENT);
        assertThat(outcome(days(100, 100, 71, 100, 100, 100, 100, 100, 100), 1)).isEqualTo(NO_EVENT);
    }

    @Test
    void rowWhoseHorizonReachesBeyondTheDataIsLeftOutWhateverWasSeenSoFar() {
        CandleSeries series = days(100, 100, 50, 100, 100);

        assertThat(outcome(series, 1, null, day(5))).isEqualTo(NOT_KNOWN);
        assertThat(outcome(series, 1)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void tradingThatEndsInALossIsTheEventAndThatWhichEndsQuietlyIsNotKnown() {
        assertThat(outcome(days(1, 1, 0.9, 0.5, 0.2), 1)).isEqualTo(EVENT);
        assertThat(outcome(days(1, 1, 1, 1, 1), 1)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void whatTradesUnderTheNameAfterALongSilenceIsNotLookedAt() {
        CandleSeries.Builder builder = new CandleSeries.Builder(SeriesKey.usd("terra", Interval.ONE_DAY), 4);
        builder.add(day(0).getEpochSecond(), 100, Volume.base(1));
        builder.add(day(20).getEpochSecond(), 5, Volume.base(1));
        builder.add(day(21).getEpochSecond(), 5, Volume.base(1));
        RiskEvent month = new RiskEvent(Horizon.of("30d"), 0.3, 0.5);

        assertThat(new RiskOutcomes(builder.build(), ProtocolHistory.empty(), month, LATE).of(row(1, null)))
                .isEqualTo(NOT_KNOWN);
    }

    @Test
    void fallOfWhatIsLockedIsTheEventAndAZeroIsNone() {
        CandleSeries calm = days(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);

        assertThat(outcome(calm, 5, locked(100, 100, 100, 100, 100, 100, 100, 40, 100, 100, 100, 100), LATE))
                .isEqualTo(EVENT);
        assertThat(outcome(calm, 5, locked(100, 100, 100, 100, 100, 100, 100, 0, 100, 100, 100, 100), LATE))
                .isEqualTo(NO_EVENT);
    }

    @Test
    void rowsOfASplitAreKnownBeforeOthersAreJudged() {
        List<RiskSample> samples = new ArrayList<>();
        for (int day = 0; day < 100; day++) {
            samples.add(new RiskSample(row(day, null), day % 10 == 0));
        }
        RiskPanel panel = new RiskPanel(EVENT_OF_A_WEEK, samples);

        RiskSplit split = RiskSplit.of(panel, 0.25);
        assertThat(split.fitted().knownBy()).isEqualTo(split.judged().first()).isEqualTo(day(75));
        assertThat(RiskSplit.walkForward(panel, 4, 0.2)).hasSize(4).allSatisfy(one -> {
            assertThat(one.fitted().knownBy()).isBeforeOrEqualTo(one.judged().first());
            assertThat(one.judged().size()).isBetween(14, 20);
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RiskSplit(panel.between(day(0), day(60)), panel.between(day(50), day(107))));
        assertThat(Episodes.count(panel)).isEqualTo(10);
    }

    private static RiskOutcomes.Outcome outcome(CandleSeries series, int day) {
        return outcome(series, day, null, LATE);
    }

    private static RiskOutcomes.Outcome outcome(
            CandleSeries series, int day, @Nullable ProtocolHistory protocols, Instant until) {
        ProtocolHistory history = protocols == null ? ProtocolHistory.empty() : protocols;
        return new RiskOutcomes(series, history, EVENT_OF_A_WEEK, until)
                .of(row(day, protocols == null ? null : "aave"));
    }

    private static RiskRow row(int day, @Nullable String protocol) {
        RiskRow given = RiskRow.given("aave", day(day), Map.of(RiskFeature.VOLATILITY_30D, 0.1));
        return new RiskRow("aave", protocol, day(day), given.values());
    }

    private static CandleSeries days(double... closes) {
        CandleSeries.Builder builder = new CandleSeries.Builder(SeriesKey.usd("aave", Interval.ONE_DAY), closes.length);
        for (int day = 0; day < closes.length; day++) {
            builder.add(day(day).getEpochSecond(), closes[day], Volume.base(1));
        }
        return builder.build();
    }

    /** What was locked on each day, known an hour after it. */
    private static ProtocolHistory locked(double... usd) {
        List<Known<LockedValue>> values = new ArrayList<>();
        for (int day = 0; day < usd.length; day++) {
            LocalDate date = LocalDate.ofInstant(day(day), ZoneOffset.UTC);
            Instant known = day(day + 1).plus(Duration.ofHours(1));
            values.add(new Known<>(new LockedValue("aave", date, null, usd[day]), known, false, known));
        }
        Known<Protocol> named = new Known<>(Protocol.named("aave", "Aave", "aave"), START, false, START);
        return new ProtocolHistory(List.of(named), Map.of("defillama", values), List.of());
    }

    private static Instant day(int day) {
        return START.plus(Duration.ofDays(day));
    }
}
