package io.mlpool.serving.featurestore;

import io.mlpool.featurestore.FeatureViews;
import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which feature views there are and how long their values are kept.
 *
 * @param intervals of the candles; none: there are no views
 * @param market assets that the market is the mean of
 * @param backfill how far before its first start a view has values; before the newest candle where all are older than that
 * @param retention how long before the newest candle there are values
 * @param pollInterval between two looks for changed candles
 * @param settle how long after its transaction a value counts; a transaction must take less
 */
@ConfigurationProperties("mlpool.feature-store")
record FeatureStoreProperties(
        @DefaultValue("1h") List<String> intervals,

        @DefaultValue({"bitcoin", "ethereum", "binancecoin", "ripple", "solana", "cardano", "dogecoin"})
        List<String> market,

        @DefaultValue("30d") Duration backfill,
        @DefaultValue("180d") Duration retention,
        @DefaultValue("10s") Duration pollInterval,
        @DefaultValue("2s") Duration settle) {

    FeatureStoreProperties {
        intervals = List.copyOf(intervals);
        market = List.copyOf(market);
        require("poll-interval", pollInterval);
        require("settle", settle);
        require("retention", retention);
        if (backfill.isNegative() || backfill.compareTo(retention) > 0) {
            throw new IllegalArgumentException(
                    "mlpool.feature-store.backfill must lie between 0 and the retention of %s, found %s"
                            .formatted(retention, backfill));
        }
    }

    FeatureViews views() {
        return FeatureViews.of(intervals.stream().map(Interval::of).toList(), market);
    }

    private static void require(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(
                    "mlpool.feature-store.%s must be positive, found %s".formatted(name, duration));
        }
    }
}
