package io.mlpool.serving.market;

import io.mlpool.market.CandleStore;
import io.mlpool.market.SeriesSummary;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /assets}. */
@RestController
@Tag(name = "market")
class AssetsEndpoint {

    private final CandleStore candles;
    private final KnownAssets assets;

    AssetsEndpoint(CandleStore candles, KnownAssets assets) {
        this.candles = candles;
        this.assets = assets;
    }

    /** An asset with the candles there are of it. */
    record AssetView(String asset, String symbol, String name, List<SeriesView> series) {}

    /**
     * A series of candles.
     *
     * @param firstOpen open time of the oldest finished candle
     * @param lastClose close time of the newest finished candle
     */
    record SeriesView(String vsCurrency, String interval, Instant firstOpen, Instant lastClose) {

        static SeriesView of(SeriesSummary summary) {
            return new SeriesView(
                    summary.key().vsCurrency(),
                    summary.key().interval().label(),
                    summary.firstOpen(),
                    summary.lastClose());
        }
    }

    @Operation(summary = "The assets that are known, and the candles there are of each")
    @GetMapping("/assets")
    Map<String, List<AssetView>> assets() {
        assets.refresh();
        Map<String, List<SeriesView>> series = candles.summaries().stream()
                .collect(Collectors.groupingBy(
                        summary -> summary.key().asset(),
                        TreeMap::new,
                        Collectors.mapping(SeriesView::of, Collectors.toList())));
        return Map.of(
                "assets",
                series.entrySet().stream()
                        .map(one -> view(assets.get(one.getKey()), one.getValue()))
                        .toList());
    }

    private static AssetView view(Asset asset, List<SeriesView> series) {
        return new AssetView(asset.id(), asset.symbol(), asset.name(), series);
    }
}
