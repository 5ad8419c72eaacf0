package io.mlpool.serving.market;

import io.mlpool.market.CandleStore;
import io.mlpool.market.SeriesSummary;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
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

    /** Assets in alphabetical order. */
    record AssetsPage(
            List<AssetView> assets,

            @Schema(description = "To be sent as cursor for the next page; null on the last") @Nullable String nextCursor) {}

    @Operation(
            operationId = "list_assets",
            summary = "The assets that are known, and the candles there are of each",
            description = "In alphabetical order.")
    @GetMapping("/assets")
    ResponseEntity<AssetsPage> assets(
            @RequestParam(defaultValue = "1000") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        assets.refresh();
        String behind = Cursor.read(cursor, List::getFirst);
        SortedMap<String, List<SeriesView>> series = candles.summaries().stream()
                .collect(Collectors.groupingBy(
                        summary -> summary.key().asset(),
                        TreeMap::new,
                        Collectors.mapping(SeriesView::of, Collectors.toList())));
        SortedMap<String, List<SeriesView>> rest = behind == null ? series : series.tailMap(behind + '\0');
        List<AssetView> oneMore = rest.entrySet().stream()
                .limit(limit + 1L)
                .map(one -> view(assets.get(one.getKey()), one.getValue()))
                .toList();
        Page<AssetView> page = Page.of(oneMore, limit, asset -> Cursor.behind(asset.asset()));
        return page.answer(
                new AssetsPage(page.items(), page.next().map(Cursor::text).orElse(null)));
    }

    private static AssetView view(Asset asset, List<SeriesView> series) {
        return new AssetView(asset.id(), asset.symbol(), asset.name(), series);
    }
}
