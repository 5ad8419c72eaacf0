package io.mlpool.ingest.coingecko;

import io.mlpool.ingest.MarketSource;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RowSink;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.market.Volume;
import java.io.IOException;
import java.time.Instant;

/**
 * Makes candles of points. CoinGecko tells prices a few minutes off the hour, so a candle's close is the price told nearest to
 * its close time, at most half an interval away; with points each hour that is usually the one 0 to 6 minutes after it, with
 * points each five minutes one within 150 seconds. Where none is that near, it is the last price told before the close time,
 * at most one interval old; where there is none either, the candle is missing. Only the close is known: the rows repeat it as
 * open, high and low and say so. Volume is what was traded in the 24 hours before, in quote currency.
 *
 * <p>An answer that reaches up to now ends with the price of the moment. It is dropped, and so is every candle for which a nearer
 * price may still be told.
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
        long last = request.to().toEpochMilli();
        for (long close = request.from().toEpochMilli() + step; close <= last; close += step) {
            MarketChart.Point point = chart.priceFor(close, step);
            if (point != null && isSettled(request, chart, close, Math.min(step / 2, distance(point, close)))) {
                double volume = chart.volumeNear(point.millis(), step / 2);
                sink.row(row(request, Instant.ofEpochMilli(close - step), point, volume));
            }
        }
    }

    /** Whether no price that is still to come can be nearer to the close. */
    private static boolean isSettled(ChartRequest request, MarketChart chart, long close, long distance) {
        return !request.untilNow() || chart.lastMillis() - close >= distance;
    }

    private static MarketChart chart(Payload payload, boolean untilNow, RowSink sink) throws IOException {
        try {
            return MarketChart.read(payload.content().open(), untilNow, sink);
        } catch (IllegalArgumentException e) {
            throw new UnreadablePayloadException(payload.name(), String.valueOf(e.getMessage()));
        }
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
