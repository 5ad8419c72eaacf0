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

    private static final String LIST = "candles";

    private final CandleStore candles;
    private final KnownAssets assets;

    CandlesEndpoint(CandleStore candles, KnownAssets assets) {
        this.candles = candles;
        this.assets = assets;
    }

    /** Chart data, oldest first; the next page is the one before it in time. */
    record CandlesView(
            String asset,
            String vsCurrency,
            String interval,
            List<CandleView> candles,
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
            description =
                    "The newest `limit` candles that open in [from, to), oldest first, the running one included. Further"
                            + " pages lead back in time.",
            operationId = "list_candles")
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
        TimeSpan span = TimeSpan.between(from, to);
        Page<Candle> page = page(key, span, limit, Cursor.read(LIST, 1, cursor));
        return page.answer(new CandlesView(
                key.asset(),
                key.vsCurrency(),
                interval.label(),
                page.items().reversed().stream().map(CandleView::of).toList(),
                page.nextCursor()));
    }

    /** Newest first, as the pages lead. */
    private Page<Candle> page(SeriesKey key, TimeSpan span, int limit, @Nullable Cursor cursor) {
        Instant to = cursor == null || cursor.time(0).isAfter(span.to()) ? span.to() : cursor.time(0);
        List<Candle> found = candles.candles(key, span.from(), to, limit + 1);
        return Page.of(found.reversed(), limit, last -> Cursor.after(LIST, last.openTime()));
    }
}
