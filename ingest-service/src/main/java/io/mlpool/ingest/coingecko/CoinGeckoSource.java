package io.mlpool.ingest.coingecko;

import io.mlpool.ingest.MarketSource;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RowSink;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.market.Volume;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes candles of points. CoinGecko tells prices a few minutes off the hour, so a candle's close is the price told nearest to
 * its close time, at most half an interval away; with points each hour that is usually the one 0 to 6 minutes after it, with
 * points each five minutes one within 150 seconds. Only the close is known: the rows repeat it as open, high and low and say so.
 * Volume is what was traded in the 24 hours before, in quote currency.
 *
 * <p>An answer that reaches up to now ends with the price of the moment. It is dropped, and so is every candle that closes
 * after it: nearer prices may still come.
 */
public final class CoinGeckoSource implements MarketSource {

    static final String NAME = "coingecko";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void read(Payload payload, RowSink sink) throws IOException {
        ChartRequest request = ChartRequest.answeredBy(payload);
        MarketChart chart = chart(payload, request.untilNow(), sink);
        long step = request.key().interval().duration().toMillis();
        long reach = request.untilNow() ? chart.lastMillis() : Long.MAX_VALUE;
        nearestToEachClose(chart, step).forEach((close, point) -> {
            Instant openTime = Instant.ofEpochMilli(close - step);
            if (close <= reach && !openTime.isBefore(request.from()) && openTime.isBefore(request.to())) {
                sink.row(row(request, openTime, point, chart.volumeNear(point.millis(), step / 2)));
            }
        });
    }

    private static MarketChart chart(Payload payload, boolean untilNow, RowSink sink) throws IOException {
        try {
            return MarketChart.read(payload.content().open(), untilNow, sink);
        } catch (IllegalArgumentException e) {
            throw new UnreadablePayloadException(payload.name(), String.valueOf(e.getMessage()));
        }
    }

    private static Map<Long, MarketChart.Point> nearestToEachClose(MarketChart chart, long step) {
        Map<Long, MarketChart.Point> nearest = new TreeMap<>();
        for (MarketChart.Point point : chart.prices()) {
            long close = Math.floorDiv(point.millis() + step / 2, step) * step;
            nearest.merge(close, point, (a, b) -> distance(a, close) <= distance(b, close) ? a : b);
        }
        return nearest;
    }

    private static long distance(MarketChart.Point point, long close) {
        return Math.abs(point.millis() - close);
    }

    private static RawCandle row(ChartRequest request, Instant openTime, MarketChart.Point point, double volume) {
        double price = point.price();
        return new RawCandle(
                request.key(),
                NAME,
                point.line(),
                openTime,
                price,
                price,
                price,
                price,
                volume,
                Volume.Kind.TRAILING_24H_QUOTE,
                true,
                true);
    }
}
