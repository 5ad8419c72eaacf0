package io.mlpool.training.dataset;

import io.mlpool.market.CandleSeries;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;

/** SHA-256 over all that features are computed from: names, open times, ranges, closes and turnovers, bit by bit. */
final class CandleDigest {

    private static final int ROW = 2 * Double.BYTES + Float.BYTES + Long.BYTES + 1;

    private CandleDigest() {}

    static String of(Collection<CandleSeries> series) {
        return of(series, true);
    }

    /** As it was until schema price-v3, when no feature was computed from ranges. */
    static String withoutRanges(Collection<CandleSeries> series) {
        return of(series, false);
    }

    private static String of(Collection<CandleSeries> series, boolean ranges) {
        MessageDigest digest = sha256();
        series.stream()
                .sorted(Comparator.comparing(one -> one.key().toString()))
                .forEach(one -> add(digest, one, ranges));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, CandleSeries series, boolean ranges) {
        digest.update((series.key() + "\n" + series.size() + "\n").getBytes(StandardCharsets.UTF_8));
        ByteBuffer row = ByteBuffer.allocate(ROW);
        for (int i = 0; i < series.size(); i++) {
            row.clear().putLong(series.openSecond(i));
            if (ranges) {
                row.putFloat(series.range(i));
            }
            row.putDouble(series.close(i)).putDouble(series.turnover(i)).put((byte)
                    (series.turnoverIsTrailing(i) ? 1 : 0));
            digest.update(row.flip());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
