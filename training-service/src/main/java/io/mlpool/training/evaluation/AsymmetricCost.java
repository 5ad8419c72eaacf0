package io.mlpool.training.evaluation;

/**
 * What an error costs: linear on both sides, dearer on one (lin-lin loss; Granger 1969, "Prediction with a generalized cost of
 * error function"; Christoffersen and Diebold 1997).
 *
 * @param over cost of forecasting one unit too high: whoever bought loses money
 * @param under cost of forecasting one unit too low: whoever stayed away misses a gain
 */
public record AsymmetricCost(double over, double under) {

    public AsymmetricCost {
        if (!(over > 0) || !(under > 0)) {
            throw new IllegalArgumentException(
                    "costs must be positive, found over %s and under %s".formatted(over, under));
        }
    }

    double of(double forecast, double actual) {
        return forecast > actual ? over * (forecast - actual) : under * (actual - forecast);
    }
}
