package io.mlpool.ingest.replay;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the replay.
 *
 * @param enabled whether anything is played
 * @param recording {@code bitstamp-2013}, or the path of a file with candles or trades
 * @param asset what a file is about; otherwise its name says so
 * @param interval of the candles of a file; otherwise its name or content says so
 * @param speed {@code 1x}, {@code 60x}, {@code max}
 * @param times {@code original} or {@code end-now}
 * @param historyShare part of the recording (0 to 1) that is played at once
 * @param until instead of the share: recorded time (UTC, exclusive) up to which everything is played at once
 */
@Validated
@ConfigurationProperties("mlpool.ingest.replay")
record ReplayProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue(ReplayProgramme.BITSTAMP) @NotBlank String recording,
        @Nullable String asset,
        @Nullable String interval,
        @DefaultValue("60x") String speed,
        @DefaultValue("original") Times times,

        @DefaultValue("0.8") @DecimalMin("0") @DecimalMax("1") double historyShare,

        @Nullable Instant until) {

    ReplayProperties {
        Speed.of(speed);
    }

    Instant historyUntil(Recording of) {
        return until == null ? of.after(historyShare) : until;
    }

    /** What is known of a file beside its name and content. */
    Map<String, String> hints() {
        Map<String, String> hints = new HashMap<>();
        if (asset != null) {
            hints.put("asset", asset);
        }
        if (interval != null) {
            hints.put("interval", interval);
        }
        return hints;
    }
}
