package io.mlpool.featurestore;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A fingerprint of what a view computes: SHA-256 over its parameters and over its answers to candles that are always the same. Answers
 * count with five digits, so that processors whose logarithms differ in the last bit agree.
 */
final class TransformationHash {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    /** Rows of the answer that count, the newest. */
    private static final int ROWS = 60;

    private TransformationHash() {}

    /** In hexadecimal. */
    static String of(FeatureView view) {
        ViewDefinition definition = view.definition();
        MessageDigest digest = sha256();
        add(
                digest,
                "%s %s %s %d"
                        .formatted(
                                definition.entity(), definition.interval(), definition.sources(), definition.reach()));
        add(digest, definition.names().toString());
        List<FeatureRow> rows = view.rows(candles(definition));
        if (rows.size() < ROWS) {
            throw new IllegalStateException("%s has %d rows of %d candles: a view's reach is all that it needs"
                    .formatted(definition.name(), rows.size(), definition.reach() + ROWS));
        }
        rows.subList(rows.size() - ROWS, rows.size()).forEach(row -> add(digest, text(row)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<CandleSeries> candles(ViewDefinition definition) {
        List<String> assets = definition.entity() == Entity.ASSET ? List.of(MarketView.LEADER) : definition.sources();
        List<CandleSeries> series = new ArrayList<>();
        for (int a = 0; a < assets.size(); a++) {
            series.add(candles(SeriesKey.usd(assets.get(a), definition.interval()), definition.reach() + 2 * ROWS, a));
        }
        return series;
    }

    /** Waves of two lengths with a hole of a few candles; arithmetic only, no random numbers of a library. */
    private static CandleSeries candles(SeriesKey key, int bars, int phase) {
        CandleSeries.Builder builder = new CandleSeries.Builder(key, bars);
        long step = key.interval().seconds();
        for (int i = 0; i < bars; i++) {
            boolean hole = i > bars - 40 && i < bars - 36;
            if (!hole) {
                double wave =
                        3 * Math.sin((i + phase) / 5.0) + 7 * Math.sin((i + 2 * phase) / 37.0) + i * 7919 % 13 / 13.0;
                Volume volume = new Volume(1_000 + i * 31 % 17 * 100, Volume.Kind.BASE);
                double close = 100 + wave;
                double high = i % 11 == 0 ? Double.NaN : close * (1 + i * 17 % 23 / 1_000.0);
                builder.add(START.getEpochSecond() + i * step, high, close, close, volume);
            }
        }
        return builder.build();
    }

    private static String text(FeatureRow row) {
        StringBuilder text = new StringBuilder(row.eventTime().toString());
        for (float value : row.values()) {
            text.append(' ').append(Math.abs(value) < 1e-6 ? "0" : String.format(Locale.ROOT, "%.4e", value));
        }
        return text.toString();
    }

    private static void add(MessageDigest digest, String line) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
