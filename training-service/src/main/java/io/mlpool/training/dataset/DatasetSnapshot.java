package io.mlpool.training.dataset;

import io.mlpool.market.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Names exactly the candles that a run learned from, so that it can be repeated bit for bit.
 *
 * @param version SHA-256 over every candle, in hexadecimal: the same version is the same data
 * @param vsCurrency currency of the prices
 * @param assets in alphabetical order; each has enough history for a window
 * @param market assets whose mean return is the market factor
 * @param leftOut assets that were asked for but not used, with the reason
 * @param watermark close time of the newest candle that may be in it (inclusive), UTC
 * @param rows number of candles
 */
public record DatasetSnapshot(
        String version,
        Interval interval,
        String vsCurrency,
        List<String> assets,
        List<String> market,
        Map<String, String> leftOut,
        Instant watermark,
        long rows) {

    public DatasetSnapshot {
        if (!version.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "version must be a SHA-256 in hexadecimal, found '%s'".formatted(version));
        }
        assets = List.copyOf(assets);
        market = List.copyOf(market);
        leftOut = Map.copyOf(leftOut);
    }
}
