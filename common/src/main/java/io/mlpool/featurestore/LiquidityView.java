package io.mlpool.featurestore;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How easily an asset can be traded, from its turnover of the last week. Illiquidity is the mean of absolute returns over turnover
 * (Amihud, "Illiquidity and stock returns", Journal of Financial Markets 5, 2002).
 */
final class LiquidityView implements FeatureView {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final double MILLION = 1e6;

    private final ViewDefinition definition;
    private final int dayBars;
    private final int weekBars;

    LiquidityView(Interval interval) {
        dayBars = Math.max(1, interval.bars(DAY));
        weekBars = interval.bars(WEEK);
        definition = new ViewDefinition(
                "liquidity_" + interval,
                1,
                "risk",
                Entity.ASSET,
                interval,
                interval.duration().multipliedBy(2),
                weekBars,
                List.of(),
                "Turnover of an asset and what a trade moves, over the last day and week.",
                List.of(
                        new ViewFeature("turnover_day", "traded in the 24 hours to the close, quote currency"),
                        new ViewFeature(
                                "turnover_week_mean",
                                "mean traded in 24 hours, over the week to the close, quote currency"),
                        new ViewFeature(
                                "illiquidity_week", "mean of |log return| for each million of quote currency traded"),
                        new ViewFeature(
                                "silent_share_week", "share of the week's bars that have no candle or no trade")));
    }

    @Override
    public ViewDefinition definition() {
        return definition;
    }

    @Override
    public List<FeatureRow> rows(Collection<CandleSeries> series) {
        List<FeatureRow> rows = new ArrayList<>();
        for (CandleSeries one : series) {
            for (int i = 0, first = 0; i < one.size(); i++) {
                long opensAfter =
                        one.openSecond(i) - weekBars * definition.interval().seconds();
                while (one.openSecond(first) <= opensAfter) {
                    first++;
                }
                rows.add(new FeatureRow(one.closeTime(i), values(one, first, i)));
            }
        }
        return rows;
    }

    /** From the candles of a week, those from {@code first} to {@code last}, both inclusive. */
    private float[] values(CandleSeries series, int first, int last) {
        long dayBefore =
                series.openSecond(last) - dayBars * definition.interval().seconds();
        double day = 0;
        double week = 0;
        double moved = 0;
        int moves = 0;
        int traded = 0;
        for (int i = first; i <= last; i++) {
            double turnover = perBar(series, i);
            week += turnover;
            day += series.openSecond(i) > dayBefore ? turnover : 0;
            traded += turnover > 0 ? 1 : 0;
            if (i > first && turnover > 0) {
                moved += Math.abs(Math.log(series.close(i) / series.close(i - 1))) / (turnover / MILLION);
                moves++;
            }
        }
        boolean known = !Double.isNaN(week);
        return new float[] {
            (float) (series.turnoverIsTrailing(last) ? series.turnover(last) : day),
            (float) (week * dayBars / weekBars),
            (float) (known && moves > 0 ? moved / moves : Double.NaN),
            (float) (known ? 1 - (double) traded / weekBars : Double.NaN)
        };
    }

    /** A source that says what was traded in 24 hours has traded as much in each bar of them. */
    private double perBar(CandleSeries series, int i) {
        return series.turnoverIsTrailing(i) ? series.turnover(i) / dayBars : series.turnover(i);
    }
}
