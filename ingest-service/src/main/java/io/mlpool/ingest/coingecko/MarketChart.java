package io.mlpool.ingest.coingecko;

import io.mlpool.ingest.RowSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of {@code market_chart}: prices and 24-hour volumes at points in time, off any grid. Its arrays are not promised to
 * be of one length, so that they are joined by time. The size is bounded by what the client takes in.
 *
 * @param prices by time in milliseconds; finite and positive
 * @param volumes by time in milliseconds; finite and not negative
 * @param lastMillis time of the last point told, good or not
 */
record MarketChart(NavigableMap<Long, Point> prices, NavigableMap<Long, Double> volumes, long lastMillis) {

    /**
     * @param line position among the prices, counted from 1
     * @param millis since the epoch
     */
    record Point(long line, long millis, double price) {}

    /**
     * Reads an answer. With {@code untilNow} its last price is left out: it is the price of the moment.
     *
     * @throws IllegalArgumentException when it is no such answer
     */
    static MarketChart read(InputStream body, boolean untilNow, RowSink sink) throws IOException {
        JsonNode json = tree(body);
        JsonNode told = json.path("prices");
        if (!told.isArray()) {
            throw new IllegalArgumentException(
                    "expected CoinGecko's market_chart with an array 'prices', found fields " + json.propertyNames());
        }
        int kept = untilNow ? told.size() - 1 : told.size();
        long last = told.isEmpty()
                ? Long.MIN_VALUE
                : told.get(told.size() - 1).path(0).asLong(Long.MIN_VALUE);
        return new MarketChart(prices(told, kept, sink), volumes(json.path("total_volumes")), last);
    }

    private static JsonNode tree(InputStream body) throws IOException {
        try (body) {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected whole JSON, found " + e.getOriginalMessage(), e);
        }
    }

    private static NavigableMap<Long, Point> prices(JsonNode told, int kept, RowSink sink) {
        NavigableMap<Long, Point> points = new TreeMap<>();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < kept; i++) {
            JsonNode point = told.get(i);
            String problem = problem(point, before);
            if (!problem.isEmpty()) {
                sink.unreadable(i + 1, problem, point.toString());
                continue;
            }
            before = point.get(0).asLong();
            points.put(before, new Point(i + 1, before, point.get(1).asDouble()));
        }
        return points;
    }

    /** What is wrong with a point; empty when nothing is. */
    private static String problem(JsonNode point, long before) {
        if (!point.path(0).canConvertToLong() || !point.path(1).isNumber()) {
            return "a point must be [milliseconds, price] without nulls";
        }
        double price = point.get(1).asDouble(Double.NaN);
        if (!Double.isFinite(price) || price <= 0) {
            return "the price must be finite and positive";
        }
        return point.get(0).asLong() <= before ? "the point is not later than the one before" : "";
    }

    private static NavigableMap<Long, Double> volumes(JsonNode told) {
        NavigableMap<Long, Double> volumes = new TreeMap<>();
        for (JsonNode point : told) {
            double volume = point.path(1).asDouble(Double.NaN);
            if (point.path(0).canConvertToLong() && Double.isFinite(volume) && volume >= 0) {
                volumes.put(point.get(0).asLong(), volume);
            }
        }
        return volumes;
    }

    /** The price told nearest to the close time within half a step, else the last one within the step before; null without. */
    @Nullable Point priceFor(long close, long step) {
        Long nearest = nearest(prices, close);
        if (nearest != null && Math.abs(nearest - close) <= step / 2) {
            return prices.get(nearest);
        }
        Long before = prices.floorKey(close);
        return before == null || close - before >= step ? null : prices.get(before);
    }

    /** The 24-hour volume told nearest to {@code millis}, at most {@code within} away; NaN when there is none. */
    double volumeNear(long millis, long within) {
        Long nearest = nearest(volumes, millis);
        return nearest == null || Math.abs(nearest - millis) > within ? Double.NaN : volumes.get(nearest);
    }

    private static @Nullable Long nearest(NavigableMap<Long, ?> byTime, long millis) {
        Long below = byTime.floorKey(millis);
        Long above = byTime.ceilingKey(millis);
        return above == null || (below != null && millis - below <= above - millis) ? below : above;
    }
}
