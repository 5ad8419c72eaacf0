package io.mlpool.standalone;

import io.mlpool.market.Interval;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code ./mlpool report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what the newest finished training measured, as a Markdown table.",
            "With --algorithms: the newest one of each algorithm beside each other, on the windows that the newest of all was judged on."
        })
final class ReportCommand implements Callable<Integer> {

    @Option(names = "--interval", description = "Of which model: 5m, 1h, 4h, 1d. Default: the newest of any")
    private @Nullable String interval;

    @Option(names = "--algorithms", description = "The newest training of each algorithm instead, best first")
    private boolean algorithms;

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        String which = interval == null ? "" : "&model=price-" + checked(interval);
        return home.running().map(ports -> print(ports, which)).orElseGet(() -> printAlone(which));
    }

    private int printAlone(String which) {
        home.home().requirePool("");
        try (Pool pool = Pool.open(home.home(), Ports.free())) {
            pool.startTraining(
                    Map.of("mlpool.training.triggers.intervals", "", "mlpool.training.anomaly.intervals", ""));
            return print(pool.ports(), which);
        }
    }

    private int print(Ports ports, String which) {
        PoolClient client = home.home().client();
        JsonNode runs = client.get(ports.trainingUrl() + "/runs?limit=1000" + which);
        List<JsonNode> finished = runs.valueStream()
                .filter(one -> one.path("state").asString().equals("succeeded"))
                .filter(one -> one.hasNonNull("evaluation"))
                .toList();
        if (finished.isEmpty()) {
            throw new MlpoolException("no training%s has finished; ./mlpool train%s makes one"
                    .formatted(
                            interval == null ? "" : " of price-" + interval,
                            interval == null ? "" : " --interval " + interval));
        }
        JsonNode run = finished.getFirst();
        if (algorithms) {
            System.out.print(AlgorithmsTable.of(finished.stream()
                            .filter(one -> one.path("model").equals(run.path("model")))
                            .toList())
                    .markdown());
            return 0;
        }
        System.out.print(client.text("%s/runs/%s/report"
                .formatted(ports.trainingUrl(), run.path("id").asString())));
        Following.inMlflow(run).ifPresent(where -> System.out.printf("%n%s%n", where));
        return 0;
    }

    private static String checked(String interval) {
        try {
            return Interval.of(interval).label();
        } catch (IllegalArgumentException e) {
            throw new MlpoolException("--interval: " + e.getMessage(), e);
        }
    }
}
