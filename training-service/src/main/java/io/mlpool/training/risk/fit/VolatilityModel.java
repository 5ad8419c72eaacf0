package io.mlpool.training.risk.fit;

import io.mlpool.risk.RiskFeature;
import io.mlpool.risk.RiskRow;
import io.mlpool.training.risk.panel.RiskPanel;
import java.util.List;

/**
 * The opponent: a logistic regression on the logarithm of the 30-day volatility alone, by Newton's method.
 *
 * @param intercept log odds at a volatility of 1
 * @param slope log odds for each e-fold of volatility
 */
public record VolatilityModel(double intercept, double slope) {

    private static final int MOST_STEPS = 50;

    public static VolatilityModel fit(RiskPanel panel) {
        double[] x = panel.rows().stream().mapToDouble(VolatilityModel::input).toArray();
        boolean[] events = panel.events();
        double rate = Math.clamp(panel.baseRate(), 1e-6, 1 - 1e-6);
        VolatilityModel model = new VolatilityModel(Math.log(rate / (1 - rate)), 0);
        for (int step = 0; step < MOST_STEPS; step++) {
            VolatilityModel next = model.step(x, events);
            if (Math.abs(next.slope - model.slope) + Math.abs(next.intercept - model.intercept) < 1e-9) {
                return next;
            }
            model = next;
        }
        return model;
    }

    public double margin(RiskRow row) {
        return intercept + slope * input(row);
    }

    public double[] margins(List<RiskRow> rows) {
        return rows.stream().mapToDouble(this::margin).toArray();
    }

    public static double probability(double margin) {
        return 1 / (1 + Math.exp(-margin));
    }

    private VolatilityModel step(double[] x, boolean[] events) {
        double g0 = 0;
        double g1 = 0;
        double h00 = 1e-6;
        double h01 = 0;
        double h11 = 1e-6;
        for (int i = 0; i < x.length; i++) {
            double p = probability(intercept + slope * x[i]);
            double weight = p * (1 - p);
            double error = (events[i] ? 1 : 0) - p;
            g0 += error;
            g1 += error * x[i];
            h00 += weight;
            h01 += weight * x[i];
            h11 += weight * x[i] * x[i];
        }
        double determinant = h00 * h11 - h01 * h01;
        return new VolatilityModel(
                intercept + (h11 * g0 - h01 * g1) / determinant, slope + (h00 * g1 - h01 * g0) / determinant);
    }

    /** A coin that does not move at all has the volatility of one that hardly does. */
    private static double input(RiskRow row) {
        float volatility = row.value(RiskFeature.VOLATILITY_30D);
        float known = Float.isNaN(volatility) ? row.value(RiskFeature.VOLATILITY_7D) : volatility;
        return Math.log(Math.max(1e-4, known));
    }
}
