package io.mlpool.standalone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code ./mlpool train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a model now, shows its progress, and says whether it was promoted and why.",
            "A pool need not be running; if one is, it does the work and serves the result if it is better."
        })
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--interval",
            description = "Candles to learn from: 5m, 1h, 4h, 1d. Default: those that the pool holds most of")
    private @Nullable String interval;

    @Option(
            names = "--assets",
            split = ",",
            description = "Assets to learn from, separated by commas. Default: all there are")
    private List<String> assets = List.of();

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "lstm, transformer, xgboost, xgboost-scale, volatility or ensemble. Default: lstm")
    private @Nullable String algorithm;

    @Option(names = "--fine-tune", description = "Start from the live network instead of afresh")
    private boolean fineTune;

    @Option(names = "--seed", description = "Seed of every random choice. Default: 1")
    private @Nullable Long seed;

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        return home.running().map(this::trainThere).orElseGet(() -> {
            home.home().requirePool("");
            return Alone.with(home.home(), this::trainAlone);
        });
    }

    private int trainAlone(Pool pool) {
        pool.startTraining(Map.of("mlpool.training.triggers.intervals", "", "mlpool.training.anomaly.intervals", ""));
        return train(pool.ports(), pool.candles().most(), pool.candles()::assets);
    }

    private int trainThere(Ports ports) {
        PoolClient client = home.home().client();
        return train(
                ports,
                interval == null ? HeldCandles.mostOf(client, ports.ingestUrl()) : Optional.empty(),
                learned -> HeldCandles.assetsOf(client, ports.ingestUrl(), learned));
    }

    /** @param held gives the assets that there are candles of, of an interval */
    private int train(Ports ports, Optional<HeldCandles.Count> most, Function<String, List<String>> held) {
        String learned = Optional.ofNullable(interval)
                .or(() -> most.map(HeldCandles.Count::interval))
                .orElseThrow(() -> new MlpoolException(
                        "the pool holds no candles to learn from; ./mlpool import FILE takes some in"));
        if (!assets.isEmpty()) {
            requireHeld(learned, held.apply(learned));
        }
        Map<String, Object> request =
                new LinkedHashMap<>(Map.of("interval", learned, "assets", assets, "fine_tune", fineTune));
        if (algorithm != null) {
            request.put("algorithm", algorithm);
        }
        if (seed != null) {
            request.put("seed", seed);
        }
        JsonNode run = new Following(home.home().client(), ports.trainingUrl(), System.out).start(request);
        return run.path("state").asString().equals("succeeded") ? 0 : 1;
    }

    /** An asset that is misspelt would else be left out without a word, or fail a run that is queued already. */
    private void requireHeld(String learned, List<String> held) {
        List<String> unknown =
                assets.stream().filter(asset -> !held.contains(asset)).toList();
        if (!unknown.isEmpty()) {
            throw new MlpoolException("--assets: the pool holds no %s candles of %s; %s"
                    .formatted(
                            learned,
                            String.join(", ", unknown),
                            held.isEmpty()
                                    ? "there are none of this interval at all"
                                    : "it holds those of " + String.join(", ", held)));
        }
    }
}
