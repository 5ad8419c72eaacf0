package io.mlpool.serving.prediction;

import io.micrometer.core.instrument.Timer;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.model.Horizon;
import io.mlpool.serving.book.BookEntry;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.experiment.Traffic;
import io.mlpool.serving.forecast.Rendered;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.live.Slot;
import io.mlpool.serving.market.KnownAssets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Answers questions about prices. A known asset's forecast stands in the book and is looked up; for candles that the caller
 * sends the champion is asked on the spot, once for all of them.
 */
public final class PredictionService {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ModelChoice choice;
    private final LiveForecasters live;
    private final ForecastBook book;
    private final KnownAssets assets;
    private final SentForecasts sent;
    private final Clock clock;
    private final Timer lookUps;

    PredictionService(
            LiveForecasters live,
            ForecastBook book,
            KnownAssets assets,
            SentForecasts sent,
            Timer lookUps,
            Clock clock) {
        this.choice = new ModelChoice(live);
        this.live = live;
        this.book = book;
        this.assets = assets;
        this.sent = sent;
        this.clock = clock;
        this.lookUps = lookUps;
    }

    /**
     * What becomes of one question.
     *
     * @param traffic which arm of an experiment answers
     */
    Outcome predict(PredictionRequest question, Traffic traffic) {
        Instant now = clock.instant();
        try {
            LiveForecaster champion = choice.champion(question.interval());
            return question.candles() == null
                    ? lookUps.record(() -> lookUp(question, champion, traffic, now))
                    : infer(traffic.slot(champion.slot(), question.asset()), List.of(question), now)
                            .getFirst();
        } catch (InvalidRequestException | RefusedException e) {
            return new Outcome.Refused(e);
        }
    }

    /**
     * One outcome for each question, in their order; a question that cannot be answered does not touch the others, and one that
     * is asked twice is answered once.
     *
     * @param traffic which arm of an experiment answers
     */
    public List<Outcome> predict(List<PredictionRequest> questions, Traffic traffic) {
        Instant now = clock.instant();
        Map<PredictionRequest, Outcome> outcomes = new HashMap<>();
        Map<Slot, List<PredictionRequest>> toInfer = new LinkedHashMap<>();
        for (PredictionRequest question : new LinkedHashSet<>(questions)) {
            try {
                LiveForecaster champion = choice.champion(question.interval());
                if (question.candles() == null) {
                    outcomes.put(question, lookUps.record(() -> lookUp(question, champion, traffic, now)));
                } else {
                    toInfer.computeIfAbsent(traffic.slot(champion.slot(), question.asset()), slot -> new ArrayList<>())
                            .add(question);
                }
            } catch (InvalidRequestException | RefusedException e) {
                outcomes.put(question, new Outcome.Refused(e));
            }
        }
        toInfer.forEach((slot, sentQuestions) -> {
            Iterator<Outcome> answers = infer(slot, sentQuestions, now).iterator();
            sentQuestions.forEach(question -> outcomes.put(question, answers.next()));
        });
        return questions.stream().map(outcomes::get).toList();
    }

    private Outcome lookUp(PredictionRequest question, LiveForecaster champion, Traffic traffic, Instant now) {
        String asset = question.asset();
        if (asset == null) {
            throw InvalidRequestException.of("missing", List.of("body", "asset"), "Field required", null);
        }
        BookEntry entry = book.find(traffic.slot(champion.slot(), asset), asset)
                .filter(arm -> !arm.forecasts().isEmpty())
                .or(() -> book.find(champion.slot(), asset))
                .orElseThrow(() -> absent(asset, champion));
        if (entry.forecasts().isEmpty()) {
            throw RefusedException.conflict(entry.refusal());
        }
        Horizon horizon =
                ModelChoice.horizon(question.horizon(), entry.forecasts().navigableKeySet());
        Rendered rendered = Objects.requireNonNull(entry.forecasts().get(horizon));
        return new Outcome.Answered(rendered.at(now), rendered.forecast().model());
    }

    private RefusedException absent(String asset, LiveForecaster champion) {
        if (!assets.contains(asset)) {
            return assets.unknown(asset);
        }
        return RefusedException.unavailable(
                "no forecast of %s yet: it is made as soon as there are %s candles of it"
                        .formatted(asset, champion.manifest().features().interval()),
                SOON);
    }

    private List<Outcome> infer(Slot slot, List<PredictionRequest> questions, Instant now) {
        try {
            return live.ask(slot, model -> sent.outcomes(model, questions, now))
                    .orElseThrow(() -> ModelChoice.noneLive(live));
        } catch (RefusedException e) {
            return Collections.nCopies(questions.size(), new Outcome.Refused(e));
        }
    }
}
