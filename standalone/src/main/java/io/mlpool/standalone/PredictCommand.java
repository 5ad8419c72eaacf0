package io.mlpool.standalone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ./mlpool predict}. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = "Asks the running pool for a forecast and prints its answer (POST /predict).")
final class PredictCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ASSET", description = "CoinGecko id: bitcoin, ethereum, uniswap")
    private String asset = "";

    @Option(
            names = "--interval",
            description =
                    "Candles the forecast is made from: 5m, 1h, 4h, 1d. Default: the live model's; of several models the one "
                            + "of whose candles the pool holds most")
    private @Nullable String interval;

    @Option(names = "--horizon", description = "How far ahead: 1h, 4h, 24h. Default: the longest that the model knows")
    private @Nullable String horizon;

    @Mixin
    private HomeOption home = new HomeOption();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        Ports ports = home.running()
                .orElseThrow(() -> new MlpoolException("no pool runs in %s; start one with ./mlpool run"
                        .formatted(home.home().folder())));
        PoolClient client = home.home().client();
        Map<String, String> request = new LinkedHashMap<>();
        request.put("asset", asset);
        Optional.ofNullable(interval)
                .or(() -> chosen(client, ports))
                .ifPresent(candles -> request.put("interval", candles));
        if (horizon != null) {
            request.put("horizon", horizon);
        }
        JsonNode answer = client.post(ports.servingUrl() + "/predict", request);
        System.out.println(answer.toPrettyString());
        return 0;
    }

    /** Where the service would ask which is meant: as `train` chooses, and with a word about it beside the answer. */
    private Optional<String> chosen(PoolClient client, Ports ports) {
        List<String> live = LiveIntervals.of(client, ports.servingUrl());
        if (live.size() < 2) {
            return Optional.empty();
        }
        String most = HeldCandles.mostOf(client, ports.ingestUrl())
                .map(HeldCandles.Count::interval)
                .filter(live::contains)
                .orElseGet(live::getFirst);
        say("models answer for %s; this is from candles of %s, as --interval %s would say"
                .formatted(String.join(" and ", live), most, most));
        return Optional.of(most);
    }

    /** Beside the answer, which may be read by a program. */
    private void say(String text) {
        if (command != null) {
            command.commandLine().getErr().println("mlpool: " + text);
        }
    }
}
