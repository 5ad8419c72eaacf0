package io.mlpool.features;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The columns that features are written in: a stretch of bars with its returns, volatility and indicators. */
final class Bars {

    private final PriceGrid grid;
    private final MarketFactor market;
    private final double[] logClose;
    private final double[] returns;
    private final double[] volatility;
    private final double[] logTurnover;
    private final Indicators indicators;
    private final Moves moves;
    private final Parkinson parkinson;

    Bars(PriceGrid grid, MarketFactor market) {
        this.grid = grid;
        this.market = market;
        logClose = logs(grid.close());
        returns = differences(logClose);
        volatility = Volatility.of(returns);
        logTurnover = logs(grid.turnover());
        indicators = Indicators.of(grid);
        moves = new Moves(returns, volatility, PriceGrid.barsOfDay(grid.interval()));
        parkinson = new Parkinson(grid.range(), returns, volatility);
    }

    /** How far the closes moved, whichever way. */
    Moves moves() {
        return moves;
    }

    /** What the ranges of the bars tell. */
    Parkinson parkinson() {
        return parkinson;
    }

    /** Logarithm of {@link PriceGrid#turnover}; NaN or infinite where it is not known. */
    double logTurnover(int i) {
        return logTurnover[i];
    }

    PriceGrid grid() {
        return grid;
    }

    /** Volatility per bar, a log return. */
    double volatility(int i) {
        return volatility[i];
    }

    /** Log return over {@code span} bars in units of the volatility expected over them. */
    double scaledReturn(int i, int span) {
        return (logClose[i] - logClose[i - span]) / (volatility[i] * Math.sqrt(span));
    }

    /** Root mean square of the last {@code span} returns against the current volatility, as a logarithm. */
    double relativeVolatility(int i, int span) {
        double sum = 0;
        for (int k = i - span + 1; k <= i; k++) {
            sum += returns[k] * returns[k];
        }
        return Math.log(Math.max(Volatility.FLOOR, Math.sqrt(sum / span)) / volatility[i]);
    }

    /** Where the close stands between the lowest (-1) and the highest (1) close of {@code span} bars; 0 when all are equal. */
    double rangePosition(int i, int span) {
        double low = logClose[i];
        double high = logClose[i];
        for (int k = i - span + 1; k < i; k++) {
            low = Math.min(low, logClose[k]);
            high = Math.max(high, logClose[k]);
        }
        return high == low ? 0 : 2 * (logClose[i] - low) / (high - low) - 1;
    }

    /** Distance below the highest close of {@code span} bars in units of the volatility expected over them; at most 0. */
    double drawdown(int i, int span) {
        double high = logClose[i];
        for (int k = i - span + 1; k < i; k++) {
            high = Math.max(high, logClose[k]);
        }
        return (logClose[i] - high) / (volatility[i] * Math.sqrt(span));
    }

    /**
     * Relative strength over 14 steps of {@code stride} bars, from -1 (only losses) to 1 (only gains), with plain means
     * (Cutler's variant): it does not depend on where the history begins.
     */
    double relativeStrength(int i, int stride) {
        double net = 0;
        double path = 0;
        for (int step = 0; step < 14; step++) {
            double change = logClose[i - step * stride] - logClose[i - (step + 1) * stride];
            net += change;
            path += Math.abs(change);
        }
        return path == 0 ? 0 : net / path;
    }

    /** Logarithm of turnover against its mean over {@code span} bars, in standard deviations; 0 where it is not known. */
    double turnoverScore(int i, int span) {
        double sum = 0;
        double squares = 0;
        for (int k = i - span + 1; k <= i; k++) {
            sum += logTurnover[k];
            squares += logTurnover[k] * logTurnover[k];
        }
        double mean = sum / span;
        double deviation = Math.sqrt(Math.max(0, squares / span - mean * mean));
        return deviation < 1e-6 ? 0 : (logTurnover[i] - mean) / deviation;
    }

    /** Change of the logarithm of turnover over {@code span} bars. */
    double turnoverChange(int i, int span) {
        return logTurnover[i] - logTurnover[i - span];
    }

    /** Relative strength index of 14 bars with Wilder's smoothing, scaled from 0..100 to -1..1. */
    double rsi(int i) {
        return indicators.rsi()[i] / 50 - 1;
    }

    /** Moving average convergence divergence (12, 26) in units of a bar's volatility. */
    double macd(int i) {
        return indicators.macd()[i] / (grid.close()[i] * volatility[i]);
    }

    /** MACD less its signal line (9) in units of a bar's volatility. */
    double macdHistogram(int i) {
        return indicators.macdHistogram()[i] / (grid.close()[i] * volatility[i]);
    }

    /** What the whole market did when this bar closed; 0 where it is not known. */
    double market(int i, MarketFactor.Column column) {
        return market.at(grid.openSecond(i), column);
    }

    /** Hour of the day at the bar's close, with its fraction, UTC. */
    double hourOfDay(int i) {
        ZonedDateTime close = closeTime(i);
        return close.getHour() + close.getMinute() / 60.0;
    }

    /** Day of the week at the bar's close, Monday 0, UTC. */
    double dayOfWeek(int i) {
        return closeTime(i).getDayOfWeek().getValue() - 1.0;
    }

    private ZonedDateTime closeTime(int i) {
        return Instant.ofEpochSecond(grid.openSecond(i) + grid.interval().seconds())
                .atZone(ZoneOffset.UTC);
    }

    private static double[] logs(double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            logs[i] = Math.log(values[i]);
        }
        return logs;
    }

    private static double[] differences(double[] values) {
        double[] differences = new double[values.length];
        for (int i = 1; i < values.length; i++) {
            differences[i] = values[i] - values[i - 1];
        }
        return differences;
    }
}
