package io.mlpool.training.evaluation;

import io.mlpool.training.dataset.WindowSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Mean absolute change of each asset's log price from bar to bar in a train slice: the denominator of MASE with period 1
 * (Hyndman and Koehler 2006, "Another look at measures of forecast accuracy", eq. 5). Log prices, because a coin that rose
 * tenfold after training would otherwise make errors of different years incomparable.
 *
 * @param byAsset mean absolute log return of one bar
 * @param overall mean over the assets, for one that has no change in the train slice
 */
public record StepErrors(Map<String, Double> byAsset, double overall) {

    public StepErrors {
        byAsset = Map.copyOf(byAsset);
    }

    public static StepErrors of(WindowSet train) {
        Map<String, Walk> walks = new HashMap<>();
        long step = train.schema().interval().seconds();
        for (int i = 0; i < train.size(); i++) {
            walks.computeIfAbsent(train.asset(i), asset -> new Walk()).add(train.asOf(i), train.lastPrice(i), step);
        }
        Map<String, Double> byAsset = new HashMap<>();
        walks.forEach((asset, walk) -> {
            if (walk.sum > 0) {
                byAsset.put(asset, walk.sum / walk.count);
            }
        });
        return new StepErrors(
                byAsset,
                byAsset.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(1));
    }

    double of(String asset) {
        return byAsset.getOrDefault(asset, overall);
    }

    private static final class Walk {

        private Instant time = Instant.MIN;
        private double price;
        private double sum;
        private int count;

        void add(Instant asOf, double lastPrice, long step) {
            if (asOf.minusSeconds(step).equals(time)) {
                sum += Math.abs(Math.log(lastPrice / price));
                count++;
            }
            time = asOf;
            price = lastPrice;
        }
    }
}
