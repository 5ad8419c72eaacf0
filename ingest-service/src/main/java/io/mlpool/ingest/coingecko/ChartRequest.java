package io.mlpool.ingest.coingecko;

import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks for the prices from which the candles of one stretch are made.
 *
 * @param key the series
 * @param from open time of the first candle wanted (inclusive)
 * @param to open time after the last candle wanted (exclusive)
 * @param untilNow whether the answer ends with the price of the moment, which belongs to no finished candle
 * @param path what is asked, relative to the root
 */
record ChartRequest(SeriesKey key, Instant from, Instant to, boolean untilNow, String path) {

    /** Up to 90 days CoinGecko answers hour by hour, beyond only with days. The hour less leaves room for the one that runs. */
    static final Duration LONGEST = Duration.ofDays(90).minusHours(1);

    /** Answers may come from a cache that is half an hour old: what ended within this time is asked as if it ended now. */
    private static final Duration RECENT = Duration.ofHours(1);

    private static final Duration A_DAY = Duration.ofHours(23);

    /** The candles that open in {@code [from, to)}, asked at {@code now}. The last day is given in steps of five minutes. */
    static ChartRequest of(SeriesKey key, Instant from, Instant to, Instant now) {
        String chart = "coins/%s/market_chart".formatted(key.asset());
        String query = "vs_currency=%s&precision=full".formatted(key.vsCurrency());
        Duration half = key.interval().duration().dividedBy(2);
        boolean untilNow = to.plus(half).isAfter(now.minus(RECENT));
        if (untilNow && from.isAfter(now.minus(A_DAY))) {
            return new ChartRequest(key, from, to, true, "%s?%s&days=1".formatted(chart, query));
        }
        long last = (untilNow ? now : to.plus(half)).getEpochSecond();
        return new ChartRequest(
                key,
                from,
                to,
                untilNow,
                "%s/range?%s&from=%d&to=%d".formatted(chart, query, from.getEpochSecond(), last));
    }

    /** The requests that cover {@code [from, to)}, newest first: what is live matters most. */
    static List<ChartRequest> cover(SeriesKey key, Instant from, Instant to, Instant now) {
        List<ChartRequest> requests = new ArrayList<>();
        for (Instant end = to; end.isAfter(from); ) {
            Instant start = end.minus(LONGEST).isBefore(from) ? from : end.minus(LONGEST);
            requests.add(of(key, start, end, now));
            end = start;
        }
        return requests;
    }

    /** The two halves, newer first; empty when it is no longer than a day. */
    List<ChartRequest> halves(Instant now) {
        if (Duration.between(from, to).compareTo(Duration.ofDays(1)) <= 0) {
            return List.of();
        }
        Instant middle =
                key.interval().floor(from.plus(Duration.between(from, to).dividedBy(2)));
        return List.of(of(key, middle, to, now), of(key, from, middle, now));
    }

    /** What the answer alone does not say. */
    Map<String, String> hints() {
        return Map.of(
                "asset",
                key.asset(),
                "vs_currency",
                key.vsCurrency(),
                "interval",
                key.interval().label(),
                "from",
                from.toString(),
                "to",
                to.toString(),
                "until_now",
                String.valueOf(untilNow));
    }

    /** The request that a payload, fresh or archived, answers. */
    static ChartRequest answeredBy(Payload payload) {
        SeriesKey key = new SeriesKey(
                hint(payload, "asset"), hint(payload, "vs_currency"), Interval.of(hint(payload, "interval")));
        return new ChartRequest(
                key,
                Instant.parse(hint(payload, "from")),
                Instant.parse(hint(payload, "to")),
                Boolean.parseBoolean(hint(payload, "until_now")),
                payload.name());
    }

    private static String hint(Payload payload, String name) {
        String value = payload.hints().get(name);
        if (value == null) {
            throw new UnreadablePayloadException(
                    payload.name(), "the hint '%s' is missing, found %s".formatted(name, payload.hints()));
        }
        return value;
    }
}
