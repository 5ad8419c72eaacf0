package io.mlpool.training.pipeline;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.Calibration;
import io.mlpool.model.FeatureImportance;
import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.dataset.WalkForwardPlan;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.CalibrationReport;
import io.mlpool.training.evaluation.Calibrator;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.promotion.PromotionDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One training from candles to a registered version. Killed at any moment and executed again with the same run id, it goes on
 * from its last finished epoch and registers once.
 */
public final class TrainingRun {

    private final DatasetReader candles;
    private final RunStart start;
    private final Trainers trainers;
    private final ModelRegistry registry;
    private final TrainingSettings settings;
    private final StoredFolder storage;
    private final BundleWriter bundles;
    private final LiveRecord live;

    /**
     * The way of every run.
     *
     * @param storage folder that run folders are made in; says too whether models and checkpoints are encrypted
     */
    public TrainingRun(
            DatasetReader candles,
            Trainers trainers,
            ModelRegistry registry,
            TrainingSettings settings,
            StoredFolder storage,
            LiveRecord live,
            Clock clock) {
        this.candles = candles;
        this.start = new RunStart(candles, settings);
        this.trainers = trainers;
        this.registry = registry;
        this.settings = settings;
        this.storage = storage;
        this.bundles = new BundleWriter(clock);
        this.live = live;
    }

    /**
     * Trains, judges and registers a model, and promotes it when it is proved better.
     *
     * @return what the gate decided, with its numbers
     * @throws io.mlpool.training.TrainingCancelledException when the listener asks for it; nothing is registered then
     * @throws io.mlpool.training.dataset.NoDataException when there is too little to learn from
     */
    public PromotionDecision execute(TrainingSpec spec, RunEvent.Listener listener) {
        RunFolder folder = RunFolder.open(storage, spec.runId());
        RunLog log = new RunLog(folder, listener);
        Promotion promotion = new Promotion(registry, spec.model(), live);
        ModelVersion version = registered(spec, log, promotion).orElseGet(() -> make(spec, folder, log, promotion));
        PromotionDecision decision = promotion.carryOut(log.decision(), version);
        new RunReport(folder).write(version, decision);
        log.carriedOut(decision, version.version());
        return decision;
    }

    /** Asks the registry only where there may be something: it may be away, and the training need not wait for it. */
    private static Optional<ModelVersion> registered(TrainingSpec spec, RunLog log, Promotion promotion) {
        return log.isJudged() ? promotion.registered(spec.runId()) : Optional.empty();
    }

    private ModelVersion make(TrainingSpec spec, RunFolder folder, RunLog log, Promotion promotion) {
        log.stage("Reading %s candles".formatted(spec.interval()));
        Trainer trainer = trainers.of(spec.algorithm()).with(spec.hyperParameters());
        Dataset data = start.read(spec, trainer, folder, () -> promotion.parent(spec));
        log.snapshot(data.snapshot());
        spec.requireLearnable(data.snapshot());
        RunParameters begun = folder.parameters().orElseThrow();
        WindowSet windows = settings.windows(data, spec.interval());
        Optional<ForecastBundle> parent =
                spec.fineTune() ? parent(begun, trainer, windows, log, promotion) : Optional.empty();
        RunParameters parameters = parent.isPresent() ? begun : begun.afresh();
        Map<String, String> environment = environment(trainer, parent);
        log.described(parameters, environment);

        WalkForwardPlan plan = settings.plan(windows);
        Judging judging = Judging.of(plan, windows, parent, spec.chosenUntil(), settings.cost());
        crownNaive(promotion, log, () -> naive(parameters, folder, judging));

        ModelTraining training = new ModelTraining(trainer, spec.learnFrom(), settings, folder, log);
        List<Forecasts> unseen = training.folds(plan, windows, spec.seed());
        CalibrationReport calibration = Calibrator.fit(unseen);
        TrainedModel model = training.last(plan, judging.train(), spec.seed(), parent.flatMap(ForecastBundle::network));

        log.stage("Judging on %d windows that nothing was fitted on"
                .formatted(judging.heldOut().size()));
        Forecasts raw = Forecasts.of(log.watched(model.forecaster()), judging.heldOut());
        Forecasts heldOut = raw.calibrated(calibration.calibration());
        Evaluation evaluation = judging.evaluate(heldOut);
        log.evaluated(evaluation, calibration.choices());
        log.stage("Measuring what it leans on");
        Optional<FeatureImportance> importance =
                new RunReport(folder).importance(model, calibration.calibration(), judging, spec);
        ForecastBundle bundle = bundles.write(
                folder.bundle(),
                spec.runId(),
                parameters,
                spec.algorithm(),
                model,
                judging,
                calibration.calibration(),
                evaluation,
                importance,
                environment);

        log.stage("Drawing what was measured");
        new RunReport(folder).draw(bundle, raw, judging);

        log.stage("Comparing with the champion");
        promotion.crownNaive(() -> naive(parameters, folder, judging));
        PromotionDecision decision =
                new ChampionTest(registry, candles, settings.gate(), log).decide(spec.model(), data, heldOut, judging);
        log.decided(decision);
        return promotion.register(bundle, decision);
    }

    /** A champion that nothing can be fine-tuned from is no reason not to learn. */
    private static Optional<ForecastBundle> parent(
            RunParameters begun, Trainer trainer, WindowSet windows, RunLog log, Promotion promotion) {
        try {
            Optional<ForecastBundle> parent = promotion
                    .bundle(begun.parentVersion())
                    .filter(bundle -> bundle.network().isPresent());
            parent.flatMap(ForecastBundle::network)
                    .ifPresentOrElse(
                            network -> trainer.requireFit(bytes(network), windows),
                            () -> log.stage("Training afresh: the champion has no network to fine-tune"));
            return parent;
        } catch (BrokenBundleException e) {
            log.stage("Training afresh: the champion cannot be read: " + e.getMessage());
        } catch (CannotFineTuneException e) {
            log.stage("Training afresh: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static byte[] bytes(StoredFile network) {
        try {
            return network.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the champion's network: " + e.getMessage(), e);
        }
    }

    private ForecastBundle naive(RunParameters parameters, RunFolder folder, Judging judging) {
        Trainer trainer = trainers.of(Algorithm.NAIVE);
        ModelTraining training = new ModelTraining(trainer, List.of(), settings, folder, RunLog.silent(folder));
        TrainedModel naive = training.naive(judging.train(), parameters.spec().seed());
        return bundles.write(
                folder.naiveBundle(),
                parameters.spec().runId() + "-naive",
                parameters,
                Algorithm.NAIVE,
                naive,
                judging,
                Calibration.none(judging.train().shape()),
                judging.evaluate(Forecasts.of(naive.forecaster(), judging.heldOut())),
                Optional.empty(),
                RunEnvironment.of(trainer));
    }

    /** Something is live before the training begins, if the registry lets us; if not, before the candidate is judged. */
    private static void crownNaive(Promotion promotion, RunLog log, Supplier<ForecastBundle> naive) {
        try {
            promotion.crownNaive(naive);
        } catch (MlflowException e) {
            log.stage("Training without the registry for now: " + e.getMessage());
        }
    }

    private static Map<String, String> environment(Trainer trainer, Optional<ForecastBundle> parent) {
        Map<String, String> environment = RunEnvironment.of(trainer);
        parent.ifPresent(bundle ->
                environment.put("parent_run", bundle.manifest().provenance().runId()));
        return environment;
    }
}
