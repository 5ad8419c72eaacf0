package io.mlpool.serving.book;

import io.mlpool.features.FeatureSchema;
import io.mlpool.serving.live.LiveModel;
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

    Set<String> of(LiveModel model) {
        FeatureSchema schema = model.manifest().features();
        Map<String, Instant> closes = candles.newestCloses(schema.interval());
        return patience.ready(schema, book.due(model.slot(), model.version().version(), closes), closes);
    }
}
