package io.mlpool.risk;

import io.mlpool.model.Horizon;

/**
 * The severe loss whose probability is told: within the horizon after the as-of time a close lies at least {@code drawdown} below the
 * close as of then, or what is locked falls by at least {@code lockedFall}.
 *
 * @param drawdown share of the price, 0.3 for 30 %
 * @param lockedFall share of the dollars locked
 */
public record RiskEvent(Horizon horizon, double drawdown, double lockedFall) {

    public RiskEvent {
        requireShare("drawdown", drawdown);
        requireShare("fall of what is locked", lockedFall);
        if (horizon.duration().toSeconds() % 86_400 != 0) {
            throw new IllegalArgumentException("the horizon of a risk must be whole days, found " + horizon);
        }
    }

    /** Whole days. */
    public int days() {
        return Math.toIntExact(horizon.duration().toDays());
    }

    private static void requireShare(String name, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the %s must lie between 0 and 1, found %s".formatted(name, share));
        }
    }
}
