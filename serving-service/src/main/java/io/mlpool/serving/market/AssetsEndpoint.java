package io.mlpool.serving.market;

import io.mlpool.market.CandleStore;
import io.mlpool.market.SeriesSummary;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /assets}. */
@RestController
@Tag(name = "market")
class AssetsEndpoint {

    private static final String LIST = "assets";

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

    /** A page of assets. */
    record AssetList(List<AssetView> assets, @Nullable String nextCursor) {}

    @Operation(
            operationId = "list_assets",
            summary = "The assets that are known, and the candles there are of each",
            description = "In alphabetical order.")
    @GetMapping("/assets")
    ResponseEntity<AssetList> assets(
            @RequestParam(defaultValue = "1000") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Cursor last = Cursor.read(LIST, 1, cursor);
        assets.refresh();
        Map<String, List<SeriesView>> series = candles.summaries(last == null ? "" : last.string(0), limit + 1).stream()
                .collect(Collectors.groupingBy(
                        summary -> summary.key().asset(),
                        TreeMap::new,
                        Collectors.mapping(SeriesView::of, Collectors.toList())));
        List<AssetView> views = series.entrySet().stream()
                .map(one -> view(assets.get(one.getKey()), one.getValue()))
                .toList();
        Page<AssetView> page = Page.of(views, limit, view -> Cursor.after(LIST, view.asset()));
        return page.answer(new AssetList(page.items(), page.nextCursor()));
    }

    private static AssetView view(Asset asset, List<SeriesView> series) {
        return new AssetView(asset.id(), asset.symbol(), asset.name(), series);
    }
}
