package io.mlpool.serving.book;

import io.mlpool.features.FeatureSchema;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.market.Patience;
import io.mlpool.serving.market.RecentCandles;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Which assets a model is to be asked about now. */
final class Due {

    private final RecentCandles candles;
    private final ForecastBook book;
    private final Patience patience;

    Due(RecentCandles candles, ForecastBook book, Patience patience) {
        this.candles = candles;
        this.book = book;
        this.patience = patience;
    }

    /**
     * What is to be asked.
     *
     * @param now assets that can be asked about
     * @param complete whether no other one waits for the rest of the market
     */
    record Assets(Set<String> now, boolean complete) {}

    Assets of(LiveForecaster model) {
        FeatureSchema schema = model.manifest().features();
        Map<String, Instant> closes = candles.newestCloses(schema.interval());
        Set<String> due = book.due(model.slot(), model.version().version(), closes);
        Set<String> now = patience.ready(schema.interval(), schema.market(), due, closes);
        return new Assets(now, now.size() == due.size());
    }
}
