package io.mlpool.serving.prediction;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.market.CandleFlag;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a series of the candles that a caller sends, or says of each field what is wrong with it. */
final class SentSeries {

    /** More says nothing new: a forecast looks back a few weeks of hours. */
    static final int MOST_CANDLES = 20_000;

    private static final int MOST_ERRORS = 20;
    /** As {@code GET /candles} writes them. */
    private static final Map<String, Volume.Kind> KINDS = Arrays.stream(Volume.Kind.values())
            .collect(Collectors.toUnmodifiableMap(kind -> kind.name().toLowerCase(Locale.ROOT), Function.identity()));

    private static final String CLOSE_ONLY = CandleFlag.CLOSE_ONLY.name().toLowerCase(Locale.ROOT);

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final Interval interval;
    private final Instant now;
    private final List<ErrorDetail> errors = new ArrayList<>();
    private Instant before = Instant.MIN;

    private SentSeries(Interval interval, Instant now) {
        this.interval = interval;
        this.now = now;
    }

    /**
     * The series of these candles.
     *
     * @throws InvalidRequestException naming the first wrong fields
     */
    static CandleSeries of(List<@Nullable SentCandle> candles, Interval interval, Instant now) {
        if (candles.size() > MOST_CANDLES) {
            throw new InvalidRequestException(
                    List.of(ErrorDetail.tooLong(List.of("body", "candles"), MOST_CANDLES, candles.size())));
        }
        return new SentSeries(interval, now).series(candles);
    }

    private CandleSeries series(List<@Nullable SentCandle> candles) {
        CandleSeries.Builder builder = new CandleSeries.Builder(SeriesKey.usd("sent", interval), candles.size());
        for (int i = 0; i < candles.size() && errors.size() < MOST_ERRORS; i++) {
            add(builder, candles.get(i), i);
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return builder.build();
    }

    private void add(CandleSeries.Builder builder, @Nullable SentCandle candle, int i) {
        if (candle == null) {
            errors.add(new ErrorDetail(
                    "dict_type", List.of("body", "candles", i), "Input should be a valid object", null));
            return;
        }
        Instant time = candle.openTime();
        Double close = candle.close();
        if (time == null || close == null) {
            wrong("missing", i, time == null ? "open_time" : "close", "Field required", null);
            return;
        }
        checkFinished(candle, i);
        checkTime(time, i);
        checkPrices(candle, close, i);
        checkVolume(candle, i);
        if (errors.isEmpty()) {
            builder.add(time.getEpochSecond(), high(candle), low(candle), close, volume(candle));
            before = time;
        }
    }

    /** What a running candle says of volume and close is not what the model has learned to read. */
    private void checkFinished(SentCandle candle, int i) {
        if (Boolean.FALSE.equals(candle.finished())) {
            wrong(
                    "value_error",
                    i,
                    "finished",
                    "must be true: forecasts are made from finished candles, leave the running one away",
                    false);
        }
    }

    private void checkTime(Instant time, int i) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            wrong("value_error", i, "open_time", "must be an ISO time, or seconds since 1970", time);
        } else if (!interval.isAligned(time)) {
            wrong("value_error", i, "open_time", "must be a whole multiple of %s in UTC".formatted(interval), time);
        } else if (!time.isAfter(before)) {
            wrong("value_error", i, "open_time", "must be later than that of the candle before", time);
        } else if (time.plus(interval.duration()).isAfter(now)) {
            wrong("value_error", i, "open_time", "must belong to a finished candle, now is " + now, time);
        }
    }

    private void checkPrices(SentCandle candle, double close, int i) {
        int found = errors.size();
        checkPrice(close, i, "close");
        checkPrice(candle.open(), i, "open");
        checkPrice(candle.high(), i, "high");
        checkPrice(candle.low(), i, "low");
        if (errors.size() == found) {
            checkRange(candle, close, i);
        }
    }

    private void checkRange(SentCandle candle, double close, int i) {
        double open = candle.open() == null ? close : candle.open();
        if (candle.high() != null && candle.high() < Math.max(open, close)) {
            wrong("value_error", i, "high", "must not be below open and close", candle.high());
        }
        if (candle.low() != null && candle.low() > Math.min(open, close)) {
            wrong("value_error", i, "low", "must not be above open and close", candle.low());
        }
    }

    private void checkPrice(@Nullable Double price, int i, String field) {
        if (price != null && !Double.isFinite(price)) {
            wrong("finite_number", i, field, "Input should be a finite number", null);
        } else if (price != null && price <= 0) {
            wrong("greater_than", i, field, "Input should be greater than 0", price);
        }
    }

    private void checkVolume(SentCandle candle, int i) {
        Double volume = candle.volume();
        if (volume != null && !Double.isFinite(volume)) {
            wrong("finite_number", i, "volume", "Input should be a finite number", null);
        } else if (volume != null && volume < 0) {
            wrong("greater_than_equal", i, "volume", "Input should be greater than or equal to 0", volume);
        }
        if (kind(candle) == null) {
            String known = "Input should be one of " + new TreeSet<>(KINDS.keySet());
            wrong("enum", i, "volume_kind", known, candle.volumeKind());
        }
    }

    private static double high(SentCandle candle) {
        Double high = candle.high();
        return high == null || isCloseOnly(candle) ? Double.NaN : high;
    }

    private static double low(SentCandle candle) {
        Double low = candle.low();
        return low == null ? Double.NaN : low;
    }

    private static boolean isCloseOnly(SentCandle candle) {
        List<String> flags = candle.flags();
        return flags != null && flags.contains(CLOSE_ONLY);
    }

    private static Volume volume(SentCandle candle) {
        Double amount = candle.volume();
        Volume.Kind kind = kind(candle);
        return amount == null || kind == null || kind == Volume.Kind.UNKNOWN
                ? Volume.UNKNOWN
                : new Volume(amount, kind);
    }

    private static Volume.@Nullable Kind kind(SentCandle candle) {
        String label = candle.volumeKind();
        return label == null ? Volume.Kind.BASE : KINDS.get(label);
    }

    private void wrong(String type, int i, String field, String message, @Nullable Object input) {
        errors.add(new ErrorDetail(type, List.of("body", "candles", i, field), message, input));
    }
}
