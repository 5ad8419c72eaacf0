package io.mlpool.standalone;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code ./mlpool report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Prints what the newest finished training measured, as a Markdown table.")
final class ReportCommand implements Callable<Integer> {

    @Option(
            names = "--interval",
            defaultValue = "1h",
            description = "Of which model: 5m, 1h, 4h, 1d. Default: ${DEFAULT-VALUE}")
    private String interval = "1h";

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        return home.running().map(this::print).orElseGet(this::printAlone);
    }

    private int printAlone() {
        try (Pool pool = Pool.open(home.home(), Ports.free())) {
            pool.startTraining(Map.of("mlpool.training.triggers.intervals", ""));
            return print(pool.ports());
        }
    }

    private int print(Ports ports) {
        PoolClient client = new PoolClient();
        JsonNode runs = client.get(ports.trainingUrl() + "/runs?model=price-" + interval);
        String run = runs.valueStream()
                .filter(one -> one.path("state").asString().equals("succeeded"))
                .map(one -> one.path("id").asString())
                .findFirst()
                .orElseThrow(() -> new MlpoolException(
                        "no training of price-%s has finished; ./mlpool train --interval %s makes one"
                                .formatted(interval, interval)));
        System.out.print(client.text(ports.trainingUrl() + "/runs/" + run + "/report"));
        return 0;
    }
}
