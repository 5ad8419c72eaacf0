package io.mlpool.training.anomaly;

import io.mlpool.anomaly.AnomalyBundle;
import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.anomaly.GoldenScore;
import io.mlpool.anomaly.IsolationForest;
import io.mlpool.anomaly.MarketReturns;
import io.mlpool.anomaly.Threshold;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.OnnxRows;
import io.mlpool.model.Provenance;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.network.onnx.ForestGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * One training from candles to a registered version. It takes seconds: killed at any moment and executed again with the same run id, it begins anew, and
 * registers once.
 */
public final class AnomalyTraining {

    private static final int GOLDEN = 8;

    private final AnomalyReader reader;
    private final ModelRegistry registry;
    private final AnomalySettings settings;
    private final StoredFolder storage;
    private final Clock clock;

    /** @param storage folder that bundles are made in; says too whether they are encrypted */
    public AnomalyTraining(
            AnomalyReader reader, ModelRegistry registry, AnomalySettings settings, StoredFolder storage, Clock clock) {
        this.reader = reader;
        this.registry = registry;
        this.settings = settings;
        this.storage = storage;
        this.clock = clock;
    }

    /** Hears what a run is about. */
    public interface Listener {

        void read(DatasetSnapshot snapshot);

        void evaluated(AnomalyEvaluation evaluation);
    }

    /**
     * What became of a run.
     *
     * @param version in the registry
     */
    public record Outcome(int version, AnomalyDecision decision) {}

    /**
     * Trains, judges and registers a model, and promotes it when it is proved.
     *
     * @throws io.mlpool.training.dataset.NoDataException when there is too little to learn from
     */
    public Outcome execute(AnomalySpec spec, Listener listener) {
        AnomalyRegistration registration = new AnomalyRegistration(registry, spec.model());
        ModelVersion version =
                registration.registered(spec.runId()).orElseGet(() -> make(spec, listener, registration));
        return new Outcome(version.version(), registration.carryOut(version));
    }

    private ModelVersion make(AnomalySpec spec, Listener listener, AnomalyRegistration registration) {
        AnomalyData data = reader.read(spec, settings);
        listener.read(data.snapshot());
        PointSet points = data.points(data.market());
        Growing growing = Growing.of(data.train(points), settings.forest(), spec.seed());
        IsolationForest forest = growing.forest(spec.seed());
        byte[] graph = ForestGraph.write(forest);

        PointSet calibration = data.calibration(points);
        Detector candidate = new Detector("the candidate", growing.dimensions(), forest, data.heldOut(points));
        AnomalyGate.Contender contender = new AnomalyGate.Contender(candidate, calibration);
        AnomalyGate.Contender naive = new AnomalyGate.Contender(Detector.naive(candidate.points()), calibration);
        AnomalyEvaluation evaluation =
                new Measuring(settings, spec.interval(), spec.seed()).measure(contender, naive, growing);
        listener.evaluated(evaluation);

        AnomalyManifest manifest = new AnomalyManifest(
                BundleHeader.FORMAT,
                spec.model(),
                Algorithm.ISOLATION_FOREST,
                spec.interval().label(),
                growing.dimensions(),
                data.snapshot().assets(),
                threshold(contender, spec),
                provenance(spec, data, data.trainedUntil(points)),
                evaluation.metrics());
        AnomalyBundle bundle = write(spec, manifest, candidate, graph);
        AnomalyDecision decision = judge(spec, data, points, contender, registration);
        return registration.register(bundle, decision);
    }

    private Threshold threshold(AnomalyGate.Contender contender, AnomalySpec spec) {
        return Alarms.of(contender.detector(), contender.calibration(), spec.interval())
                .calibrated(settings.budget());
    }

    /** The candidate and the champion on what neither has seen. */
    private AnomalyDecision judge(
            AnomalySpec spec,
            AnomalyData data,
            PointSet points,
            AnomalyGate.Contender candidate,
            AnomalyRegistration registration) {
        AnomalyGate gate = new AnomalyGate(settings);
        Optional<ModelVersion> version = registration.champion();
        if (version.isEmpty()) {
            return gate.decide(candidate, naive(candidate), Optional.empty(), spec.interval(), spec.seed());
        }
        try {
            AnomalyBundle champion = AnomalyBundle.of(registry.fetch(version.get()));
            return judge(spec, data, points, candidate, version.get(), champion);
        } catch (BrokenBundleException e) {
            return AnomalyDecision.refused(
                    "Not promoted: the champion, version %d, cannot be read, so that nothing can be compared with it: %s"
                            .formatted(version.get().version(), e.getMessage()),
                    version.get().version());
        }
    }

    private AnomalyDecision judge(
            AnomalySpec spec,
            AnomalyData data,
            PointSet points,
            AnomalyGate.Contender candidate,
            ModelVersion version,
            AnomalyBundle champion) {
        Instant own = data.trainedUntil(points);
        Instant other = champion.manifest().provenance().trainedUntil();
        Instant trained = own.isAfter(other) ? own : other;
        PointSet asChampion = data.points(MarketReturns.of(reader.market(data, champion.manifest())));
        AnomalyGate.Contender judged = candidate.judgedOn(data.after(points, trained));
        try (OnnxRows graph = champion.load()) {
            Detector live = new Detector(
                    "the champion, version %d,".formatted(version.version()),
                    champion.manifest().dimensions(),
                    graph::answers,
                    data.after(asChampion, trained));
            AnomalyGate.Contender opponent = new AnomalyGate.Contender(live, data.calibration(asChampion));
            return new AnomalyGate(settings)
                    .decide(
                            judged,
                            naive(judged),
                            Optional.of(new AnomalyGate.Champion(version.version(), opponent)),
                            spec.interval(),
                            spec.seed());
        }
    }

    private static AnomalyGate.Contender naive(AnomalyGate.Contender candidate) {
        return new AnomalyGate.Contender(Detector.naive(candidate.detector().points()), candidate.calibration());
    }

    /** Nothing is written before the graph scores as the forest does. */
    private AnomalyBundle write(AnomalySpec spec, AnomalyManifest manifest, Detector forest, byte[] graph) {
        List<PointSet.Place> places = forest.points().places();
        float[] rows = forest.rows(places);
        float[] scores = forest.scorer().scores(rows, places.size());
        try (OnnxRows onnx =
                OnnxRows.of(graph, AnomalyBundle.INPUT, forest.dimensions().size())) {
            new GoldenScore(rows, scores).verify(onnx::answers);
        }
        StoredFolder folder = storage.folder("anomalies").folder(spec.runId());
        delete(folder);
        return AnomalyBundle.write(folder, manifest, golden(forest, places), graph);
    }

    private static GoldenScore golden(Detector forest, List<PointSet.Place> places) {
        List<PointSet.Place> last = places.subList(Math.max(0, places.size() - GOLDEN), places.size());
        return new GoldenScore(forest.rows(last), forest.scores(last));
    }

    private static void delete(StoredFolder folder) {
        try {
            FileSystemUtils.deleteRecursively(folder.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write another bundle to " + folder.directory(), e);
        }
    }

    private Provenance provenance(AnomalySpec spec, AnomalyData data, Instant trainedUntil) {
        return new Provenance(
                spec.runId(),
                clock.instant(),
                data.snapshot().version(),
                trainedUntil,
                spec.seed(),
                null,
                Map.of(
                        "trees", Integer.toString(settings.forest().trees()),
                        "samples", Integer.toString(settings.forest().samples()),
                        "alarms_per_week", Double.toString(settings.budget().perWeek())),
                environment());
    }

    private static Map<String, String> environment() {
        return Map.of(
                "java", Runtime.version().toString(),
                "os", System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "arch", System.getProperty("os.arch"));
    }
}
