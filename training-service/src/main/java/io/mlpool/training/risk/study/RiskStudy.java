package io.mlpool.training.risk.study;

import io.mlpool.risk.RiskEvent;
import io.mlpool.risk.RiskModel;
import io.mlpool.risk.RiskRow;
import io.mlpool.training.risk.evaluation.RiskAnswers;
import io.mlpool.training.risk.evaluation.RiskEvaluation;
import io.mlpool.training.risk.fit.RiskFit;
import io.mlpool.training.risk.fit.RiskSettings;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskPanels;
import io.mlpool.training.risk.panel.RiskSplit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Measures models of risk on a pool's history: trained on the past, judged on what came later. */
public final class RiskStudy {

    private static final int GROUPS = 4;

    private final RiskPanels panels;
    private final RiskSettings settings;
    private final long seed;

    public RiskStudy(RiskPanels panels, RiskSettings settings, long seed) {
        this.panels = panels;
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * What was measured for one event.
     *
     * @param corrections how many trees correct what volatility alone says
     * @param known on assets that the model learned from
     * @param strangers on assets that it never saw: each group of assets is judged by a model of the others
     * @param fitted rows that the model was made of
     * @param fittedEvents those with the event
     */
    public record Measured(
            RiskEvent event,
            int corrections,
            int fitted,
            long fittedEvents,
            RiskEvaluation known,
            RiskEvaluation strangers) {}

    /** Measures the model of an event. */
    public Measured measure(RiskEvent event) {
        RiskSplit split = RiskSplit.of(panels.labelled(event), settings.judged());
        RiskFit fit = fit(split.fitted());
        return new Measured(
                event,
                fit.corrections(),
                split.fitted().size(),
                split.fitted().eventCount(),
                evaluate(fit, split.judged()),
                strangers(split));
    }

    /**
     * What a model says that was made of nothing known later than a time.
     *
     * @param knownBy all that came of the rows that it learns from was known by then
     * @param times of which to tell
     */
    public List<RiskCase> cases(RiskEvent event, Instant knownBy, Set<String> assets, List<Instant> times) {
        RiskPanel past = panels.labelled(event).between(Instant.MIN, knownBy);
        RiskFit fit = fit(past);
        List<RiskCase> cases = new ArrayList<>();
        try (RiskModel model = fit.open()) {
            for (Instant time : times) {
                List<RiskRow> rows = panels.rows().stream()
                        .filter(row -> row.asOf().equals(time))
                        .toList();
                cases.addAll(RiskCase.of(model, fit, rows, assets));
            }
        }
        return cases;
    }

    private RiskFit fit(RiskPanel rows) {
        return RiskFit.of(rows, settings, seed);
    }

    private RiskEvaluation evaluate(RiskFit fit, RiskPanel judged) {
        List<RiskRow> rows = judged.rows();
        try (RiskModel model = fit.open()) {
            return RiskEvaluation.of(
                    List.of(judged),
                    RiskAnswers.of("model", model, rows),
                    RiskAnswers.of(fit.volatility(), rows),
                    RiskAnswers.baseRate(fit.baseRate(), rows.size()),
                    seed);
        }
    }

    /** Answers of several models are put together by probability, as their margins have different scales. */
    private RiskEvaluation strangers(RiskSplit split) {
        List<RiskPanel> judged = new ArrayList<>();
        List<RiskAnswers> models = new ArrayList<>();
        List<RiskAnswers> volatilities = new ArrayList<>();
        List<RiskAnswers> rates = new ArrayList<>();
        for (Set<String> group : groups(split)) {
            RiskFit fit = fit(
                    split.fitted().where(sample -> !group.contains(sample.row().asset())));
            RiskPanel own =
                    split.judged().where(sample -> group.contains(sample.row().asset()));
            judged.add(own);
            try (RiskModel model = fit.open()) {
                models.add(RiskAnswers.of("model", model, own.rows()));
            }
            volatilities.add(RiskAnswers.of(fit.volatility(), own.rows()));
            rates.add(RiskAnswers.baseRate(fit.baseRate(), own.size()));
        }
        return RiskEvaluation.of(
                judged,
                RiskAnswers.together(models),
                RiskAnswers.together(volatilities),
                RiskAnswers.together(rates),
                seed);
    }

    /** Assets in turn, by how many losses they had: each group has some of each kind. */
    private static List<Set<String>> groups(RiskSplit split) {
        Map<String, Integer> losses = new TreeMap<>();
        Stream.of(split.fitted(), split.judged())
                .flatMap(panel -> panel.samples().stream())
                .forEach(sample -> losses.merge(sample.row().asset(), sample.event() ? 1 : 0, Integer::sum));
        List<String> sorted = losses.entrySet().stream()
                .sorted(Map.Entry.comparingByValue()) // stable: by name where they are equal
                .map(Map.Entry::getKey)
                .toList();
        List<Set<String>> groups = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            groups.add(new TreeSet<>());
        }
        for (int i = 0; i < sorted.size(); i++) {
            groups.get(i % GROUPS).add(sorted.get(i));
        }
        return groups;
    }
}
