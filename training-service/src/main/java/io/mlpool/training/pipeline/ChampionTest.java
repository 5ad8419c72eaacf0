package io.mlpool.training.pipeline;

import io.mlpool.features.FeatureSchema;
import io.mlpool.market.CandleSeries;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.promotion.Champion;
import io.mlpool.training.promotion.GateRules;
import io.mlpool.training.promotion.PromotionDecision;
import io.mlpool.training.promotion.PromotionGate;
import java.util.List;
import java.util.Optional;

/** Asks the champion about the windows that the candidate was judged on, as the champion sees them, and lets the gate decide. */
final class ChampionTest {

    private final ModelRegistry registry;
    private final DatasetReader candles;
    private final GateRules rules;
    private final RunLog log;

    ChampionTest(ModelRegistry registry, DatasetReader candles, GateRules rules, RunLog log) {
        this.registry = registry;
        this.candles = candles;
        this.rules = rules;
        this.log = log;
    }

    PromotionDecision decide(String model, Dataset data, Forecasts candidate, Judging judging) {
        PromotionGate gate = new PromotionGate(rules);
        Optional<Integer> live = registry.target(model, Alias.CHAMPION);
        if (live.isEmpty()) {
            return gate.decide(candidate, judging.trainedUntil(), judging.naive(), Optional.empty());
        }
        int version = live.get();
        try {
            ForecastBundle bundle = ForecastBundle.of(registry.fetch(registered(model, version)));
            if (!bundle.manifest().shape().equals(candidate.windows().shape())) {
                return incomparable(
                        version,
                        "answers %s, the candidate %s"
                                .formatted(
                                        bundle.manifest().shape(),
                                        candidate.windows().shape()));
            }
            return duel(gate, version, bundle, data, candidate, judging);
        } catch (BrokenBundleException e) {
            return incomparable(version, "cannot be read: " + e.getMessage());
        }
    }

    private ModelVersion registered(String model, int version) {
        return registry.find(model, version)
                .orElseThrow(() -> new BrokenBundleException("the registry holds no version %d".formatted(version)));
    }

    private PromotionDecision duel(
            PromotionGate gate,
            int version,
            ForecastBundle bundle,
            Dataset data,
            Forecasts candidate,
            Judging judging) {
        ForecastManifest manifest = bundle.manifest();
        WindowSet seen = asSeenBy(manifest, data, candidate.windows());
        SharedWindows shared = SharedWindows.of(candidate.windows(), seen);
        try (OnnxForecaster forecaster = bundle.load()) {
            Forecasts champion = Forecasts.of(log.watched(forecaster), seen.select(shared.inSecond()))
                    .calibrated(manifest.calibration());
            return gate.decide(
                    candidate.select(shared.inFirst()),
                    judging.trainedUntil(),
                    judging.naive(),
                    Optional.of(new Champion(version, manifest.provenance().trainedUntil(), champion)));
        }
    }

    /** The champion may know another market or look back further. */
    private WindowSet asSeenBy(ForecastManifest manifest, Dataset data, WindowSet windows) {
        FeatureSchema schema = manifest.features();
        if (schema.equals(windows.schema()) || windows.size() == 0) {
            return windows;
        }
        List<String> missing = schema.market().stream()
                .filter(asset -> !data.snapshot().assets().contains(asset))
                .toList();
        List<CandleSeries> market =
                candles.series(missing, schema.interval(), data.snapshot().watermark());
        return data.windows(schema, manifest.shape(), market)
                .between(windows.asOf(0), windows.asOf(windows.size() - 1).plusSeconds(1));
    }

    private PromotionDecision incomparable(int version, String why) {
        return PromotionDecision.refused(
                "Not promoted: it cannot be compared with the champion, version %d, which %s. Promote it by hand if it is to replace it."
                        .formatted(version, why),
                version,
                rules.level());
    }
}
