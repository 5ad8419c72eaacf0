package io.mlpool.standalone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    @Option(names = "--fine-tune", description = "Start from the live network instead of afresh")
    private boolean fineTune;

    @Option(names = "--seed", description = "Seed of every random choice. Default: 1")
    private @Nullable Long seed;

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        return home.running().map(this::trainThere).orElseGet(this::trainAlone);
    }

    private int trainAlone() {
        try (Pool pool = Pool.open(home.home(), Ports.free())) {
            pool.startTraining(Map.of("mlpool.training.triggers.intervals", ""));
            return train(pool.ports(), pool.candles().most());
        }
    }

    private int trainThere(Ports ports) {
        return train(
                ports,
                interval == null ? HeldCandles.mostOf(home.home().client(), ports.ingestUrl()) : Optional.empty());
    }

    private int train(Ports ports, Optional<HeldCandles.Count> most) {
        String learned = Optional.ofNullable(interval)
                .or(() -> most.map(HeldCandles.Count::interval))
                .orElseThrow(() -> new MlpoolException(
                        "the pool holds no candles to learn from; ./mlpool import FILE takes some in"));
        Map<String, Object> request =
                new LinkedHashMap<>(Map.of("interval", learned, "assets", assets, "fine_tune", fineTune));
        if (seed != null) {
            request.put("seed", seed);
        }
        JsonNode run = new Following(home.home().client(), ports.trainingUrl(), System.out).start(request);
        return run.path("state").asString().equals("succeeded") ? 0 : 1;
    }
}
