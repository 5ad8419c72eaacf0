package io.mlpool.serving.decay;

import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.serving.drift.DriftWatch;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.MarketTime;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all champions and notes what speaks against them, and when that is over. Whoever does it, however often. */
public final class DecayRound {

    private static final Logger LOG = LoggerFactory.getLogger(DecayRound.class);

    private final LiveForecasters live;
    private final DriftWatch drift;
    private final SkillLook skill;
    private final DecayStore store;
    private final ModelRegistry registry;
    private final MarketTime time;
    private final Clock clock;

    DecayRound(
            LiveForecasters live,
            DriftWatch drift,
            SkillLook skill,
            DecayStore store,
            ModelRegistry registry,
            MarketTime time,
            Clock clock) {
        this.registry = registry;
        this.live = live;
        this.drift = drift;
        this.skill = skill;
        this.store = store;
        this.time = time;
        this.clock = clock;
    }

    /** The span ends with the newest candle; what is found, is found now. */
    public void run() {
        Instant until = time.now();
        live.champions().forEach(champion -> attend(champion, until));
    }

    /** One model that cannot be looked at does not keep the others from it. */
    private void attend(LiveForecaster champion, Instant until) {
        String model = champion.slot().model();
        int version = champion.version().version();
        try {
            if (registry.target(model, Alias.CHAMPION)
                    .filter(target -> target == version)
                    .isEmpty()) {
                return; // What is live here lags behind: the next look sees the champion.
            }
            store.endOthers(model, version, clock.instant());
            note(model, version, Decay.DRIFT, drift(model, version, until));
            note(model, version, Decay.LOSS_OF_SKILL, skill.at(model, version, champion.manifest(), until));
        } catch (RuntimeException e) {
            LOG.error("What speaks against version {} of {} is not known", version, model, e);
        }
    }

    private Look drift(String model, int version, Instant until) {
        return switch (drift.verdict(model, version, until)) {
            case DRIFTING ->
                new Look(Look.State.FOUND, "what it sees or says drifts: GET /monitoring/drift tells what");
            case STEADY -> new Look(Look.State.NOT_FOUND, "nothing drifts");
            case UNKNOWN -> Look.UNKNOWN;
        };
    }

    private void note(String model, int version, Decay kind, Look look) {
        switch (look.state()) {
            case FOUND -> {
                if (store.begin(model, version, kind, look.summary(), clock.instant())) {
                    LOG.warn("Version {} of {}, the champion: {}", version, model, look.summary());
                }
            }
            case NOT_FOUND -> store.end(model, version, kind, clock.instant());
            case UNKNOWN -> {
                // What was found before stands.
            }
        }
    }
}
