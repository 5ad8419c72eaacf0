package io.mlpool.risk;

import java.util.List;

/**
 * A margin's probability by isotonic regression (Zadrozny and Elkan 2002, "Transforming classifier scores into accurate multiclass
 * probability estimates"): between knots by straight lines, beyond the outermost as there.
 *
 * @param margins strictly rising, at least one
 * @param probabilities one for each, never falling, 0 to 1
 */
public record Isotonic(List<Double> margins, List<Double> probabilities) {

    public Isotonic {
        margins = List.copyOf(margins);
        probabilities = List.copyOf(probabilities);
        if (margins.isEmpty() || margins.size() != probabilities.size()) {
            throw new IllegalArgumentException("a calibration has one probability for each margin, found %d and %d"
                    .formatted(probabilities.size(), margins.size()));
        }
        for (int i = 0; i < margins.size(); i++) {
            boolean rises =
                    i == 0 || (margins.get(i) > margins.get(i - 1) && probabilities.get(i) >= probabilities.get(i - 1));
            if (!rises || !(probabilities.get(i) >= 0 && probabilities.get(i) <= 1)) {
                throw new IllegalArgumentException("margins must rise and probabilities must not fall, found %s and %s"
                        .formatted(margins, probabilities));
            }
        }
    }

    /** The calibrated probability, 0 to 1; a larger margin never has a smaller one. */
    public double probability(double margin) {
        int above = 0;
        while (above < margins.size() && margins.get(above) <= margin) {
            above++;
        }
        if (above == 0) {
            return probabilities.getFirst();
        }
        if (above == margins.size()) {
            return probabilities.getLast();
        }
        double share = (margin - margins.get(above - 1)) / (margins.get(above) - margins.get(above - 1));
        return probabilities.get(above - 1) + share * (probabilities.get(above) - probabilities.get(above - 1));
    }
}
