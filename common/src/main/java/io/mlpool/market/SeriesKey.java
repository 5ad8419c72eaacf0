package io.mlpool.market;

import java.util.regex.Pattern;

/**
 * Names one series of candles.
 *
 * @param asset canonical asset key, CoinGecko's id where there is one: {@code bitcoin}
 * @param vsCurrency currency of the prices in lower case: {@code usd}
 * @param interval length of the candles
 */
public record SeriesKey(String asset, String vsCurrency, Interval interval) {

    public static final String USD = "usd";

    private static final Pattern ASSET = Pattern.compile("[a-z0-9][a-z0-9._~-]{0,99}");
    private static final Pattern CURRENCY = Pattern.compile("[a-z0-9]{2,10}");

    public SeriesKey {
        if (!isAsset(asset)) {
            throw new IllegalArgumentException(
                    "asset must look like CoinGecko's ids ('bitcoin'), found '%s'".formatted(asset));
        }
        if (!CURRENCY.matcher(vsCurrency).matches()) {
            throw new IllegalArgumentException(
                    "currency must be lower case letters ('usd'), found '%s'".formatted(vsCurrency));
        }
    }

    /** Whether {@code text} can name an asset. */
    public static boolean isAsset(String text) {
        return ASSET.matcher(text).matches();
    }

    public static SeriesKey usd(String asset, Interval interval) {
        return new SeriesKey(asset, USD, interval);
    }

    @Override
    public String toString() {
        return asset + "/" + vsCurrency + "/" + interval;
    }
}
