package io.mlpool.risk;

import io.mlpool.market.CandleSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Computes rows, live and for training by the same code. A row as of t looks at candles that closed at or before t and no more than
 * {@link #HISTORY} earlier, and at facts with {@code known_at <= t}: holding more changes nothing.
 */
public final class RiskFeatures {

    /** How far back candles matter, and days of locked values. */
    public static final Duration HISTORY = Duration.ofDays(Days.HISTORY);

    /** A longer silence ends a history: what trades under the name afterwards may be another coin. */
    public static final Duration LONGEST_SILENCE = Duration.ofDays(7);

    /** An asset that is younger is not judged. */
    public static final int LEAST_DAYS = 30;

    private final ProtocolHistory protocols;

    public RiskFeatures(ProtocolHistory protocols) {
        this.protocols = protocols;
    }

    /**
     * The row of an asset.
     *
     * @param series of the interval that the model names
     * @param market as of the same time
     * @return empty when there are less than {@link #LEAST_DAYS} days of unbroken candles, or none within a week
     */
    public Optional<RiskRow> row(CandleSeries series, MarketDays market, Instant asOf) {
        if (!market.asOf().equals(asOf)) {
            throw new IllegalArgumentException(
                    "the market must be as of %s too, found %s".formatted(asOf, market.asOf()));
        }
        Days days = Days.of(series, asOf);
        if (days.size() < LEAST_DAYS) {
            return Optional.empty();
        }
        String asset = series.key().asset();
        ProtocolView protocol = protocols.of(asset, asOf).orElse(null);
        RiskView view = new RiskView(asOf, days, market, protocol);
        float[] values = new float[RiskFeature.values().length];
        for (RiskFeature feature : RiskFeature.values()) {
            values[feature.column()] = feature.of(view);
        }
        return Optional.of(new RiskRow(asset, protocol == null ? null : protocol.slug(), asOf, values));
    }
}
