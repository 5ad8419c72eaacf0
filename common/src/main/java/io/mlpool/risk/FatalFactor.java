package io.mlpool.risk;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What alone makes an asset risky, whatever a model says: the score does not fall below its floor then. The floors are judgements. */
public enum FatalFactor {
    PROTOCOL_ENDED(95, "the protocol is said to have ended", row -> row.value(RiskFeature.ENDED) >= 1),
    TRADING_ENDED(95, "nobody traded for three days", row -> row.value(RiskFeature.SILENT_DAYS) >= 3),
    PEG_LOST(
            85,
            "it should be at one dollar and is 5 % or more below",
            row -> row.value(RiskFeature.PEG_DEVIATION) <= -0.05f),
    RECENT_INCIDENT(75, "an incident within 7 days", row -> row.value(RiskFeature.DAYS_SINCE_INCIDENT) <= 7);

    private final double floor;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda that holds nothing that changes
    private final Predicate<RiskRow> isFound;

    FatalFactor(double floor, String sentence, Predicate<RiskRow> isFound) {
        this.floor = floor;
        this.sentence = sentence;
        this.isFound = isFound;
    }

    /** The one with the highest floor that a row shows; what is not known shows none. */
    public static Optional<FatalFactor> of(RiskRow row) {
        return Arrays.stream(values())
                .filter(factor -> factor.isFound.test(row))
                .max(Comparator.comparingDouble(FatalFactor::floor));
    }

    /** Least score, 0 to 100. */
    public double floor() {
        return floor;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }

    /** {@code peg_lost}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
