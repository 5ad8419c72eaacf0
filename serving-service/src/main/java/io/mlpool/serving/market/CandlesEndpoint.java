package io.mlpool.serving.market;

import io.mlpool.market.Candle;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /candles}. */
@RestController
@Tag(name = "market")
class CandlesEndpoint {

    private final CandleStore candles;
    private final KnownAssets assets;

    CandlesEndpoint(CandleStore candles, KnownAssets assets) {
        this.candles = candles;
        this.assets = assets;
    }

    /** Chart data, oldest first. */
    record CandlesView(
            @Schema(example = "bitcoin") String asset,
            @Schema(example = "usd") String vsCurrency,
            @Schema(example = "1h") String interval,
            List<CandleView> candles,

            @Schema(description = "To be sent as cursor for the candles before these; null when there are none")
            @Nullable String nextCursor) {}

    /** One candle; {@code volume} counts what {@code volume_kind} says. */
    record CandleView(
            Instant openTime,
            double open,
            double high,
            double low,
            double close,
            double volume,
            String volumeKind,
            boolean finished,
            List<String> flags) {

        static CandleView of(Candle candle) {
            return new CandleView(
                    candle.openTime(),
                    candle.open(),
                    candle.high(),
                    candle.low(),
                    candle.close(),
                    candle.volume().amount(),
                    lower(candle.volume().kind()),
                    candle.finished(),
                    candle.flags().stream().sorted().map(CandleView::lower).toList());
        }

        private static String lower(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
    }

    @Operation(
            summary = "Candles of an asset",
            operationId = "list_candles",
            description =
                    "The newest `limit` candles that open in [from, to), oldest first, the running one included; the next page"
                            + " are those before.")
    @GetMapping("/candles")
    ResponseEntity<CandlesView> candles(
            @RequestParam @Parameter(schema = @Schema(type = "string", example = "bitcoin")) String asset,
            @RequestParam(defaultValue = "1h") @Parameter(schema = @Schema(type = "string", example = "1h"))
                    Interval interval,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "500") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        SeriesKey key = SeriesKey.usd(assets.require(asset), interval);
        Instant before = Cursor.read(cursor, parts -> Instant.parse(parts.getFirst()));
        TimeSpan span = TimeSpan.between(from, to).before(before);
        List<Candle> newestFirst =
                candles.candles(key, span.from(), span.to(), limit + 1).reversed();
        Page<Candle> page = Page.of(newestFirst, limit, candle -> Cursor.behind(candle.openTime()));
        return page.answer(new CandlesView(
                key.asset(),
                key.vsCurrency(),
                interval.label(),
                page.items().reversed().stream().map(CandleView::of).toList(),
                page.next().map(Cursor::text).orElse(null)));
    }
}
