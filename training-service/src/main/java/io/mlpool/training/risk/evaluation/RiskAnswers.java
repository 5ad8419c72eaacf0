package io.mlpool.training.risk.evaluation;

import io.mlpool.risk.RiskDefinition;
import io.mlpool.risk.RiskModel;
import io.mlpool.risk.RiskRow;
import io.mlpool.training.risk.fit.VolatilityModel;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody said of the rows of a panel.
 *
 * @param by who
 * @param ranks by which rows are ordered: margins, for a calibration makes some equal
 * @param probabilities of the event
 */
public record RiskAnswers(String by, double[] ranks, double[] probabilities) {

    public static RiskAnswers of(String by, RiskModel model, List<RiskRow> rows) {
        RiskDefinition definition = model.definition();
        double[] margins = model.margins(rows);
        return new RiskAnswers(
                by,
                margins,
                Arrays.stream(margins)
                        .map(definition.calibration()::probability)
                        .toArray());
    }

    public static RiskAnswers of(VolatilityModel model, List<RiskRow> rows) {
        double[] margins = model.margins(rows);
        return new RiskAnswers(
                "volatility alone",
                margins,
                Arrays.stream(margins).map(VolatilityModel::probability).toArray());
    }

    public static RiskAnswers baseRate(double rate, int rows) {
        double[] same = new double[rows];
        Arrays.fill(same, rate);
        return new RiskAnswers("base rate", same, same);
    }

    /** Of several parts one after the other, ranked by probability. */
    public static RiskAnswers together(List<RiskAnswers> parts) {
        double[] all = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.probabilities()))
                .toArray();
        return new RiskAnswers(parts.getFirst().by(), all, all);
    }

    /** To some of the rows. */
    public RiskAnswers only(int[] rows) {
        return new RiskAnswers(
                by,
                Arrays.stream(rows).mapToDouble(i -> ranks[i]).toArray(),
                Arrays.stream(rows).mapToDouble(i -> probabilities[i]).toArray());
    }

    /** Of each row the square of the error (Brier 1950). */
    public double brier(int i, boolean event) {
        double error = probabilities[i] - (event ? 1 : 0);
        return error * error;
    }
}
