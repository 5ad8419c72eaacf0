package io.mlpool.training.ensemble;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Horizon;
import io.mlpool.training.Assignment;
import io.mlpool.training.RecordedCandles;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WalkForwardPlan;
import io.mlpool.training.dataset.WalkForwardSplit;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.naive.RandomWalk;
import io.mlpool.training.network.LstmTrainer;
import io.mlpool.training.network.Parity;
import io.mlpool.training.network.TransformerTrainer;
import io.mlpool.training.promotion.Champion;
import io.mlpool.training.promotion.Comparison;
import io.mlpool.training.promotion.GateRules;
import io.mlpool.training.promotion.PromotionDecision;
import io.mlpool.training.promotion.PromotionGate;
import io.mlpool.training.trees.QuantileTreesTrainer;
import io.mlpool.training.trees.ScaleTreesTrainer;
import io.mlpool.training.volatility.VolatilityTrainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Trains algorithms on real hourly candles and prints the rows of docs/results.md: percent less pinball loss than the random walk on validation
 * and held out, and ensembles by halves of the validation windows. Needs a folder of files {@code BTCUSDT-1h.csv.gz} with columns timestamp, open, high, low, close,
 * volume.
 *
 * <ul>
 *   <li>{@code study.candles}: the folder
 *   <li>{@code study.algorithms}: {@code transformer} when absent, several with commas; more than one are also tried as an ensemble
 *   <li>{@code study.settings}: of the first of them, {@code width=64,blocks=2}
 *   <li>{@code study.checkpoints}: a folder for what has been trained; asked again, it goes on from there
 *   <li>{@code study.unseen}: assets that nothing learns from and that alone are held out, {@code sol,xrp}; none when absent
 *   <li>{@code study.heldout}: whether to look at the held-out slice, which settings are not to be chosen by
 * </ul>
 */
@EnabledIfSystemProperty(named = "study.candles", matches = ".+")
class AlgorithmStudyTest {

    private static final List<String> LEFT_OUT = List.of("LUNA");
    private static final ForecastShape SHAPE =
            new ForecastShape(Stream.of("1h", "4h", "24h").map(Horizon::of).toList(), ForecastShape.DEFAULT_LEVELS);

    @Test
    void realCandles() throws IOException {
        WindowSet windows = windows();
        WalkForwardSplit last = WalkForwardPlan.of(windows, 0.2, 3, 1_000).last();
        WalkForwardSplit inner = WalkForwardPlan.validation(last.train(windows), 0.18);
        List<String> unseen = words("study.unseen");
        WindowSet train = others(inner.train(windows), unseen);
        WindowSet validation = others(inner.test(windows), unseen);
        WindowSet heldOut =
                unseen.isEmpty() ? last.test(windows) : last.test(windows).ofAssets(unseen);
        System.out.printf("train %s%nvalidation %s%nheld out %s%n", train.span(), validation.span(), heldOut.span());
        SequencedMap<String, Forecasts> said = new LinkedHashMap<>();
        SequencedMap<String, Forecasts> saidLater = new LinkedHashMap<>();
        for (Map.Entry<String, Trainer> asked : trainers().entrySet()) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Trainer trainer = asked.getValue();
            TrainedModel blind = train(blind(trainer), train, validation);
            long seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000_000;
            Forecasts forecasts = Forecasts.of(blind.forecaster(), validation);
            said.put(asked.getKey(), forecasts);
            System.out.printf(
                    "%s, %s, parity %.1e, %d s of its thread: validation %s%n",
                    asked.getKey(),
                    trainer.settings(),
                    Parity.check(blind, validation),
                    seconds,
                    saved(forecasts, train));
            if (Boolean.getBoolean("study.heldout")) {
                TrainedModel whole = train(trainer, train, validation);
                Forecasts later = Forecasts.of(whole.forecaster(), heldOut);
                saidLater.put(asked.getKey(), later);
                System.out.printf("    held out %s%n", saved(later, train));
            }
            assertThat(forecasts.quantiles()).doesNotContain(Float.NaN);
        }
        if (said.size() > 1) {
            halves("all", said, train);
            for (String without : said.keySet()) {
                SequencedMap<String, Forecasts> others = new LinkedHashMap<>(said);
                others.remove(without);
                halves("without " + without, others, train);
            }
        }
        if (saidLater.size() > 1) {
            ensemble(said, saidLater, train);
        }
    }

    private static WindowSet others(WindowSet windows, List<String> unseen) {
        List<String> assets = IntStream.range(0, windows.size())
                .mapToObj(windows::asset)
                .distinct()
                .filter(asset -> !unseen.contains(asset))
                .toList();
        return unseen.isEmpty() ? windows : windows.ofAssets(assets);
    }

    private static List<String> words(String property) {
        return Stream.of(System.getProperty(property, "").split(",", -1))
                .filter(word -> !word.isBlank())
                .toList();
    }

    private static TrainedModel train(Trainer trainer, WindowSet train, WindowSet validation) throws IOException {
        return trainer.train(train, validation, assignment(trainer));
    }

    /** One that does not learn from the validation windows in the end. */
    private static Trainer blind(Trainer trainer) {
        return trainer.settings().containsKey("refit") ? trainer.with(Map.of("refit", "false")) : trainer;
    }

    /** Weights from each half of the validation windows, loss on the other. */
    private static void halves(String name, SequencedMap<String, Forecasts> said, WindowSet train) {
        List<Forecasts> members = List.copyOf(said.values());
        WindowSet windows = members.getFirst().windows();
        int half = windows.size() / 2;
        List<Forecasts> older = slices(members, 0, half);
        List<Forecasts> newer = slices(members, half, windows.size());
        float[] quantiles = new float[windows.size() * SHAPE.size()];
        float[] first = mean(older, weights(newer)).quantiles();
        float[] second = mean(newer, weights(older)).quantiles();
        System.arraycopy(first, 0, quantiles, 0, first.length);
        System.arraycopy(second, 0, quantiles, first.length, second.length);
        System.out.printf("ensemble by halves, %s: %s%n", name, saved(new Forecasts(windows, quantiles), train));
    }

    /** As the ensemble's trainer makes it, and the gate's test of it against each member. */
    private static void ensemble(
            SequencedMap<String, Forecasts> said, SequencedMap<String, Forecasts> saidLater, WindowSet train) {
        Weights weights = weights(List.copyOf(said.values()));
        Forecasts later = mean(List.copyOf(saidLater.values()), weights);
        System.out.printf(
                "ensemble: validation %s, held out %s, weights %s, coverage %s%n",
                saved(mean(List.copyOf(said.values()), weights), train),
                saved(later, train),
                Arrays.deepToString(weights.of()),
                IntStream.range(0, SHAPE.horizons().size())
                        .mapToObj(later::coverage)
                        .toList());
        Instant until = train.asOf(train.size() - 1);
        saidLater.forEach((label, member) -> {
            PromotionDecision decision = new PromotionGate(new GateRules(0.05, 100, 10))
                    .decide(later, until, RandomWalk.fit(train), Optional.of(new Champion(1, until, member)));
            System.out.printf("against %s: %s%n", label, inWords(requireNonNull(decision.againstChampion())));
            if (label.equals(saidLater.firstEntry().getKey())) {
                System.out.printf("against the random walk: %s%n", inWords(requireNonNull(decision.againstNaive())));
            }
        });
    }

    private static String inWords(Comparison comparison) {
        return Stream.concat(
                        comparison.horizons().stream().map(Comparison.HorizonVerdict::verdict),
                        Stream.of(comparison.overall()))
                .map(verdict -> "%+.2f (p = %.1e)".formatted(verdict.improvement(), verdict.probability()))
                .collect(Collectors.joining(", "));
    }

    private static List<Forecasts> slices(List<Forecasts> members, int from, int until) {
        return members.stream().map(member -> member.slice(from, until)).toList();
    }

    private static Weights weights(List<Forecasts> members) {
        int[] positions = Sample.evenly(members.getFirst().windows().size(), 20_000);
        List<Forecasts> thinned =
                members.stream().map(member -> member.select(positions)).toList();
        return Weights.fit(thinned, Duration.ofDays(90), 0.5, () -> {});
    }

    private static Forecasts mean(List<Forecasts> members, Weights weights) {
        float[] quantiles = new float[members.getFirst().quantiles().length];
        for (int m = 0; m < members.size(); m++) {
            float[] counts = weights.member(m);
            for (int i = 0; i < quantiles.length; i++) {
                quantiles[i] += counts[i % SHAPE.size() / SHAPE.levels().size()]
                        * members.get(m).quantiles()[i];
            }
        }
        return new Forecasts(members.getFirst().windows(), quantiles);
    }

    /** Percent less loss than the random walk at each horizon. */
    private static String saved(Forecasts forecasts, WindowSet train) {
        Forecasts walk = Forecasts.constant(RandomWalk.fit(train), forecasts.windows());
        StringBuilder line = new StringBuilder();
        for (int h = 0; h < SHAPE.horizons().size(); h++) {
            line.append("%.2f ".formatted(100 * (1 - loss(forecasts, h) / loss(walk, h))));
        }
        return line.toString().strip();
    }

    private static double loss(Forecasts forecasts, int horizon) {
        return IntStream.range(0, forecasts.windows().size())
                .mapToDouble(i -> forecasts.loss(i, horizon))
                .filter(loss -> !Double.isNaN(loss))
                .sum();
    }

    private static Assignment assignment(Trainer trainer) throws IOException {
        String folder = System.getProperty("study.checkpoints");
        Path checkpoints = folder == null ? Files.createTempDirectory("study") : Path.of(folder);
        String name = trainer.algorithm().label() + "-"
                + Integer.toHexString(trainer.settings().hashCode());
        return new Assignment(
                1,
                StoredFolder.plain(checkpoints.resolve(name)),
                Optional.empty(),
                epoch -> System.out.printf(
                        "%s epoch %d: %.5f %.5f, %.0f windows/s%n",
                        Instant.now(),
                        epoch.number(),
                        epoch.trainLoss(),
                        epoch.validationLoss(),
                        epoch.windowsPerSecond()));
    }

    private static SequencedMap<String, Trainer> trainers() {
        SequencedMap<String, Trainer> trainers = new LinkedHashMap<>();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
                LstmTrainer.class,
                TransformerTrainer.class,
                QuantileTreesTrainer.class,
                ScaleTreesTrainer.class,
                VolatilityTrainer.class)) {
            Map<String, Trainer> known = new TreeMap<>();
            context.getBeansOfType(Trainer.class)
                    .values()
                    .forEach(trainer -> known.put(trainer.algorithm().label(), trainer));
            for (String label :
                    System.getProperty("study.algorithms", "transformer").split(",", -1)) {
                Trainer trainer = requireNonNull(known.get(label), label);
                trainers.put(label, trainers.isEmpty() ? trainer.with(settings()) : trainer);
            }
        }
        return trainers;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (String setting : System.getProperty("study.settings", "").split(",", -1)) {
            if (!setting.isBlank()) {
                settings.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
            }
        }
        return settings;
    }

    private static WindowSet windows() throws IOException {
        Path folder = Path.of(requireNonNull(System.getProperty("study.candles")));
        List<CandleSeries> series = new ArrayList<>();
        for (String coin : RecordedCandles.coins(folder)) {
            if (!LEFT_OUT.contains(coin)) {
                series.add(RecordedCandles.read(folder, coin, Instant.EPOCH));
            }
        }
        List<String> assets = series.stream().map(one -> one.key().asset()).toList();
        DatasetSnapshot snapshot = new DatasetSnapshot(
                "0".repeat(64),
                Interval.ONE_HOUR,
                SeriesKey.USD,
                assets,
                assets,
                Map.of(),
                Instant.parse("2024-01-01T00:00:00Z"),
                1);
        Dataset data = new Dataset(snapshot, series);
        return data.windows(data.schema(64), SHAPE);
    }
}
