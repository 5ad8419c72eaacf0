package io.mlpool.serving.risk;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.registry.Alias;
import io.mlpool.risk.RiskDefinition;
import io.mlpool.risk.RiskModel;
import io.mlpool.serving.live.LiveSlots;
import io.mlpool.serving.live.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The models of risk by the horizon that callers name. */
final class RiskModels {

    static final String PREFIX = "risk-";

    /** Those that training makes. */
    static final List<String> HORIZONS = List.of("7d", "30d");

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final LiveSlots<LiveRiskModel> live;

    RiskModels(LiveSlots<LiveRiskModel> live) {
        this.live = live;
    }

    /**
     * The registered name of the model for a horizon.
     *
     * @param place of the horizon in the request, for the refusal of one that there is no model for
     */
    static String name(@Nullable String horizon, List<Object> place) {
        problem(horizon, place).ifPresent(problem -> {
            throw new InvalidRequestException(List.of(problem));
        });
        return PREFIX + (horizon == null ? HORIZONS.getFirst() : horizon);
    }

    /** What is wrong with the horizon that a caller names; null names the first. */
    static Optional<ErrorDetail> problem(@Nullable String horizon, List<Object> place) {
        return horizon == null || HORIZONS.contains(horizon)
                ? Optional.empty()
                : Optional.of(new ErrorDetail("enum", place, "Input should be one of " + HORIZONS, horizon));
    }

    /** Asks the champion for a caller; refuses with 503 when none is live. */
    <T> T ask(String model, BiFunction<RiskScore.Model, RiskModel, T> question) {
        return live.ask(champion(model), one -> question.apply(RiskScore.Model.of(one), one.model()))
                .orElseThrow(() -> RefusedException.unavailable(whyNone(model), RETRY));
    }

    /** What the champion tells the probability of; null when none is live. */
    RiskView.@Nullable Event event(String model) {
        return live.attend(champion(model), one -> event(one.model().definition()))
                .orElse(null);
    }

    static RiskView.Event event(RiskDefinition definition) {
        return new RiskView.Event(
                definition.event().drawdown(), definition.event().lockedFall(), definition.baseRate());
    }

    private static String whyNone(String model) {
        return "no %s model is live: train one (POST /risk/runs on the training service); GET /models tells what is there"
                .formatted(model);
    }

    private static Slot champion(String model) {
        return new Slot(model, Alias.CHAMPION);
    }
}
