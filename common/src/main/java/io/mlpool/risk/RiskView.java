package io.mlpool.risk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that features may look at: an asset and its protocol as known at one time.
 *
 * @param protocol null when the asset is not known to be the token of one
 */
record RiskView(
        Instant asOf,
        Days days,
        MarketDays market,
        @Nullable ProtocolView protocol) {

    private static final int PEG_DAYS = 90;
    private static final double PEG_BAND = 0.05;
    private static final double PEG_SHARE = 0.8;

    double volatility(int span) {
        return Figures.rootMeanSquare(days::logReturn, span);
    }

    double volatilityRatio(int span, int longer) {
        double base = volatility(longer);
        return base == 0 ? Double.NaN : volatility(span) / base;
    }

    double worstDay(int span) {
        return Figures.least(days::logReturn, span);
    }

    double momentum(int span) {
        return Figures.sum(days::logReturn, span);
    }

    /** Log distance from the highest close of the span, as much of it as there is; 0 or less. */
    double drawdown(int span) {
        double high = 0;
        for (int back = 0; back < Math.min(span, days.size()); back++) {
            high = Math.max(high, days.close(back));
        }
        return Math.log(days.close(0) / high);
    }

    double beta(int span) {
        return Figures.beta(days::logReturn, market::logReturn, span);
    }

    double tailDependence(int span) {
        return Figures.tailDependence(days::logReturn, market::logReturn, span);
    }

    double marketMomentum(int span) {
        return Figures.sum(market::logReturn, span);
    }

    double marketVolatility(int span) {
        return Figures.rootMeanSquare(market::logReturn, span);
    }

    /** Log of the mean move per million of quote currency traded (Amihud 2002, "Illiquidity and stock returns"). */
    double illiquidity(int span) {
        double sum = 0;
        int traded = 0;
        for (int back = 0; back < span; back++) {
            double turnover = days.turnover(back);
            if (turnover > 0) {
                sum += Math.abs(days.logReturn(back)) / turnover;
                traded++;
            }
        }
        return sum > 0 ? Math.log(1e6 * sum / traded) : Double.NaN;
    }

    double logTurnover(int span) {
        double mean = Figures.sum(days::turnover, span) / span;
        return mean > 0 ? Math.log(mean) : Double.NaN;
    }

    /** Close less one dollar, for what stayed near one dollar on most of the last 90 days; NaN for all else. */
    double pegDeviation() {
        return isPegged() ? days.close(0) - 1 : Double.NaN;
    }

    double worstPegDeviation(int span) {
        return isPegged() && days.size() >= span
                ? -Figures.least(back -> -Math.abs(days.close(back) - 1), span)
                : Double.NaN;
    }

    private boolean isPegged() {
        int known = Math.min(PEG_DAYS, days.size());
        double near = Figures.sum(back -> Math.abs(days.close(back) - 1) <= PEG_BAND ? 1 : 0, known);
        return known >= PEG_DAYS / 3 && near >= PEG_SHARE * known;
    }
}
