package io.mlpool.serving.market;

import io.mlpool.market.Candle;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
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
    record CandlesView(String asset, String vsCurrency, String interval, List<CandleView> candles) {}

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
            description = "The newest `limit` candles that open in [from, to), oldest first, the running one included.")
    @GetMapping("/candles")
    CandlesView candles(
            @RequestParam @Parameter(schema = @Schema(type = "string", example = "bitcoin")) String asset,
            @RequestParam(defaultValue = "1h") @Parameter(schema = @Schema(type = "string", example = "1h"))
                    Interval interval,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "500") @Min(1) @Max(10_000) int limit) {
        SeriesKey key = SeriesKey.usd(assets.require(asset), interval);
        TimeSpan span = TimeSpan.between(from, to);
        List<Candle> found = candles.candles(key, span.from(), span.to(), limit);
        return new CandlesView(
                key.asset(),
                key.vsCurrency(),
                interval.label(),
                found.stream().map(CandleView::of).toList());
    }
}
