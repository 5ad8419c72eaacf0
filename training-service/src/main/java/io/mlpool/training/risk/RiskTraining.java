package io.mlpool.training.risk;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.Provenance;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.risk.RiskBundle;
import io.mlpool.risk.RiskManifest;
import io.mlpool.risk.RiskModel;
import io.mlpool.risk.RiskRow;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.risk.evaluation.RiskAnswers;
import io.mlpool.training.risk.evaluation.RiskEvaluation;
import io.mlpool.training.risk.fit.RiskFit;
import io.mlpool.training.risk.fit.RiskSettings;
import io.mlpool.training.risk.panel.Episodes;
import io.mlpool.training.risk.panel.RiskData;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * One training from candles, protocols and incidents to a registered model of risk. Killed at any moment and executed again with the same
 * run, it registers once: what it makes is the same to the last bit.
 */
public final class RiskTraining {

    private static final int EXAMPLES = 5;

    private final RiskData data;
    private final ModelRegistry registry;
    private final RiskSettings settings;
    private final StoredFolder storage;

    /** @param storage folder that bundles are written in before they are registered; says too whether they are encrypted */
    public RiskTraining(RiskData data, ModelRegistry registry, RiskSettings settings, StoredFolder storage) {
        this.data = data;
        this.registry = registry;
        this.settings = settings;
        this.storage = storage;
    }

    /**
     * Makes, judges and registers a model, and promotes it when it is proved better.
     *
     * @param notes what an earlier execution of the run noted, and where this one notes
     * @throws NoDataException when there is too little to learn from; the message says what is missing
     */
    public RiskDecision execute(RiskRun run, RiskNotes notes) {
        RiskPromotion promotion = new RiskPromotion(registry, run.model());
        Optional<RiskDecision> judged = notes.decision();
        ModelVersion version =
                judged.flatMap(decision -> promotion.registered(run.id())).orElseGet(() -> make(run, notes, promotion));
        RiskDecision decision = promotion.carryOut(notes.decision().orElseThrow(), version);
        notes.carriedOut(decision, version.version());
        return decision;
    }

    private ModelVersion make(RiskRun run, RiskNotes notes, RiskPromotion promotion) {
        RiskPanel panel = data.read(settings.interval(), settings.market()).labelled(settings.event(run.model()));
        RiskSplit split = enough(run, panel);
        RiskFit fit = RiskFit.of(split.fitted(), settings, run.seed());
        RiskAnswers answers = answers(fit, split);
        List<RiskAnswers> simple = List.of(
                RiskAnswers.baseRate(fit.baseRate(), split.judged().size()),
                RiskAnswers.of(fit.volatility(), split.judged().rows()));
        RiskEvaluation evaluation =
                RiskEvaluation.of(List.of(split.judged()), answers, simple.getLast(), simple.getFirst(), run.seed());
        RiskBundle bundle = write(run, run.id(), Algorithm.XGBOOST, fit, split, evaluation.metrics());

        promotion.crownSimple(() -> simple(run, split));
        RiskDecision decision = decide(promotion, split, fit, answers, simple);
        notes.judged(evaluation, decision);
        return promotion.register(bundle, decision);
    }

    private static RiskAnswers answers(RiskFit fit, RiskSplit split) {
        try (RiskModel model = fit.open()) {
            return RiskAnswers.of("candidate", model, split.judged().rows());
        }
    }

    private RiskDecision decide(
            RiskPromotion promotion, RiskSplit split, RiskFit fit, RiskAnswers answers, List<RiskAnswers> simple) {
        try {
            return new RiskGate(settings.gate())
                    .decide(
                            split.judged(),
                            fit.trainedUntil(),
                            answers,
                            simple,
                            promotion.champion(split.judged(), fit.definition()));
        } catch (BrokenBundleException e) {
            return new RiskDecision(
                    false,
                    "Not promoted: it cannot be compared with the champion: %s. Promote it by hand if it is to replace it."
                            .formatted(e.getMessage()),
                    null,
                    null,
                    null,
                    settings.gate().level(),
                    List.of());
        }
    }

    private RiskSplit enough(RiskRun run, RiskPanel panel) {
        if (panel.size() < settings.leastRows()) {
            throw new NoDataException(String.format(
                    Locale.ROOT,
                    "%s needs %,d rows (assets x days of which it is known what came of them), there are %,d. Import or fetch more %s candles first",
                    run.model(),
                    settings.leastRows(),
                    panel.size(),
                    settings.interval()));
        }
        RiskSplit split = RiskSplit.of(panel, settings.judged());
        requireEpisodes(run, split.fitted(), "to learn from", settings.leastEpisodes());
        requireEpisodes(run, split.judged(), "to be judged on", Math.ceilDiv(settings.leastEpisodes(), 3));
        return split;
    }

    private static void requireEpisodes(RiskRun run, RiskPanel panel, String what, int least) {
        int episodes = panel.isEmpty() ? 0 : Episodes.count(panel);
        if (episodes < least) {
            throw new NoDataException(
                    "%s needs %d losses %s, there are %d: import or fetch more assets, or a longer history"
                            .formatted(run.model(), least, what, episodes));
        }
    }

    private RiskBundle simple(RiskRun run, RiskSplit split) {
        RiskFit fit = RiskFit.simple(split.fitted(), settings, run.seed());
        return write(run, run.id() + "-naive", Algorithm.NAIVE, fit, split, Map.of());
    }

    private RiskBundle write(
            RiskRun run, String id, Algorithm algorithm, RiskFit fit, RiskSplit split, Map<String, Double> metrics) {
        StoredFolder folder = storage.folder("risk").folder(id);
        try {
            FileSystemUtils.deleteRecursively(folder.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write another bundle to " + folder.directory(), e);
        }
        RiskManifest manifest = new RiskManifest(
                BundleHeader.FORMAT,
                run.model(),
                algorithm,
                fit.definition(),
                provenance(run, id, fit, split),
                metrics);
        return RiskBundle.write(folder, manifest, examples(split.judged()), fit.trees());
    }

    /** Written as if at the time of the run's beginning: an execution that repeats it writes the same bytes. */
    private Provenance provenance(RiskRun run, String id, RiskFit fit, RiskSplit split) {
        return new Provenance(
                id,
                run.createdAt(),
                split.fitted().version(),
                fit.trainedUntil(),
                run.seed(),
                null,
                Map.of(
                        "corrections", Integer.toString(fit.corrections()),
                        "trees", settings.trees().toString(),
                        "fitted_rows", Integer.toString(split.fitted().size()),
                        "fitted_events", Long.toString(split.fitted().eventCount())),
                Map.of(
                        "java", Runtime.version().toString(),
                        "os", System.getProperty("os.name"),
                        "arch", System.getProperty("os.arch"),
                        "xgboost", "3.0.4"));
    }

    private static List<RiskRow> examples(RiskPanel judged) {
        List<RiskRow> rows = judged.rows();
        return rows.subList(Math.max(0, rows.size() - EXAMPLES), rows.size());
    }
}
