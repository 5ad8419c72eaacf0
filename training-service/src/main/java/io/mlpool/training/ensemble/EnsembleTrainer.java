package io.mlpool.training.ensemble;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.features.FeatureSchema;
import io.mlpool.model.Algorithm;
import io.mlpool.model.ForecastShape;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.StoppableForecaster;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.network.onnx.Graph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Trains its members one after the other, each with checkpoints of its own, and takes the mean of their quantiles with
 * {@link Weights} that are learned on the validation windows alone. A member that would learn from those windows too is first trained
 * without them, for the weights, and then as it is served.
 */
@Component
@EnableConfigurationProperties(EnsembleProperties.class)
public final class EnsembleTrainer implements Trainer {

    private static final String REFIT = "refit";
    private static final String NETWORKS = "network.zip";

    private final EnsembleProperties settings;
    private final Members members;

    /** @param trainers all others, since Spring does not give a bean itself; the first of an algorithm is its trainer, as in {@code Trainers} */
    @Autowired
    EnsembleTrainer(EnsembleProperties settings, List<Trainer> trainers) {
        this(
                settings,
                new Members(
                        trainers.stream()
                                .collect(Collectors.toMap(
                                        trainer -> trainer.algorithm().label(),
                                        Function.identity(),
                                        (first, _) -> first)),
                        settings.members()));
    }

    private EnsembleTrainer(EnsembleProperties settings, Members members) {
        this.settings = settings;
        this.members = members;
    }

    @Override
    public Algorithm algorithm() {
        return Algorithm.ENSEMBLE;
    }

    /** Its own, and those of its members: {@code lstm.width}. */
    @Override
    public Map<String, String> settings() {
        Map<String, String> all = new TreeMap<>(settings.byName());
        all.putAll(members.settings());
        return all;
    }

    @Override
    public EnsembleTrainer with(Map<String, String> hyperParameters) {
        Map<String, String> own = new TreeMap<>(hyperParameters);
        own.keySet().removeIf(name -> name.contains("."));
        EnsembleProperties changed = own.isEmpty() ? settings : settings.with(own);
        Members theirs = new Members(members.known(), changed.members());
        for (Map.Entry<String, String> one : new TreeMap<>(hyperParameters).entrySet()) {
            theirs = one.getKey().contains(".") ? theirs.with(one.getKey(), one.getValue()) : theirs;
        }
        return new EnsembleTrainer(changed, theirs);
    }

    @Override
    public Map<String, String> engine() {
        Map<String, String> engines = new TreeMap<>();
        members.trainers().values().forEach(trainer -> engines.putAll(trainer.engine()));
        return engines;
    }

    @Override
    public void requireFit(byte[] network, WindowSet windows) {
        MemberNetworks champion = MemberNetworks.ofChampion(network, settings.members());
        members.trainers().forEach((label, trainer) -> champion.of(label)
                .ifPresent(member -> trainer.requireFit(member, windows)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws CannotFineTuneException when the champion is no ensemble with networks of these members, or one of them does not fit
     */
    @Override
    public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
        Optional<MemberNetworks> champion =
                assignment.startFrom().map(file -> MemberNetworks.ofChampion(file, settings.members()));
        WindowSet judged = validation.thinned(settings.validationWindows());
        SequencedMap<String, TrainedModel> models = new LinkedHashMap<>();
        List<Forecasts> said = new ArrayList<>();
        int epochs = 0;
        for (Map.Entry<String, Trainer> member : members.trainers().entrySet()) {
            StoredFolder folder = assignment.checkpoints().folder(member.getKey());
            MemberEpochs listener = new MemberEpochs(assignment.listener(), folder, epochs);
            Assignment own = new Assignment(
                    assignment.seed(),
                    folder,
                    champion.flatMap(networks -> networks.unpacked(member.getKey(), folder)),
                    listener);
            Trainer trainer = member.getValue();
            TrainedModel blind = blind(trainer).train(train, validation, own);
            said.add(Forecasts.of(new StoppableForecaster(blind.forecaster(), listener::working), judged));
            models.put(member.getKey(), refits(trainer) ? trainer.train(train, validation, own) : blind);
            epochs = listener.after();
        }
        Weights weights = Weights.fit(said, settings.halfLife(), settings.shrinkage(), assignment.listener()::working);
        return model(train, models, weights, assignment);
    }

    private static boolean refits(Trainer trainer) {
        return Boolean.parseBoolean(trainer.settings().get(REFIT));
    }

    private static Trainer blind(Trainer trainer) {
        return refits(trainer) ? trainer.with(Map.of(REFIT, "false")) : trainer;
    }

    private TrainedModel model(
            WindowSet train, SequencedMap<String, TrainedModel> models, Weights weights, Assignment assignment) {
        List<TrainedModel> ordered = List.copyOf(models.values());
        return new TrainedModel(
                new EnsembleForecaster(train.shape(), ordered, weights),
                graph(train.schema(), train.shape(), ordered, weights),
                MemberNetworks.of(models).packed(assignment.checkpoints().file(NETWORKS)),
                parameters(train.shape(), models, weights),
                MemberShares.of(ordered.stream().map(TrainedModel::trees).toList(), weights));
    }

    private static byte[] graph(
            FeatureSchema features, ForecastShape shape, List<TrainedModel> models, Weights weights) {
        Graph graph = new Graph("ensemble", features, shape);
        List<String> parts = new ArrayList<>();
        for (int m = 0; m < models.size(); m++) {
            String said = graph.embedded(models.get(m).onnx());
            String counts =
                    graph.constant(weights.member(m), 1, shape.horizons().size(), 1);
            parts.add(graph.operator("Mul").on(said, counts).output());
        }
        return graph.answering(
                graph.operator("Sum").on(parts.toArray(String[]::new)).output());
    }

    /** What members were made with, and what they count: {@code lstm.width}, {@code weight.lstm.24h}. */
    private Map<String, String> parameters(
            ForecastShape shape, SequencedMap<String, TrainedModel> models, Weights weights) {
        Map<String, String> parameters = settings();
        int m = 0;
        for (Map.Entry<String, TrainedModel> member : models.entrySet()) {
            parameters.putAll(Members.named(member.getKey(), member.getValue().parameters()));
            float[] counts = weights.member(m++);
            for (int h = 0; h < counts.length; h++) {
                parameters.put(
                        "weight.%s.%s"
                                .formatted(member.getKey(), shape.horizons().get(h)),
                        Float.toString(counts[h]));
            }
        }
        return parameters;
    }
}
