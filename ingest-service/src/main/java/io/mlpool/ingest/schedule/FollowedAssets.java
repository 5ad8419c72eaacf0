package io.mlpool.ingest.schedule;

import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The assets whose hourly candles are kept complete.
 *
 * @param assets CoinGecko ids; each costs about 730 credits a month
 */
@Validated
@ConfigurationProperties("mlpool.ingest")
record FollowedAssets(
        @NotEmpty @DefaultValue({"bitcoin", "ethereum", "solana", "binancecoin", "ripple"})
        List<String> assets) {

    FollowedAssets {
        assets = assets.stream().distinct().toList();
        assets.forEach(asset -> SeriesKey.usd(asset, Interval.ONE_HOUR));
    }

    boolean contains(String asset) {
        return assets.contains(asset);
    }
}
