package io.mlpool.standalone;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
            description = "Candles the forecast is made from: 5m, 1h, 4h, 1d. Default: the live model's")
    private @Nullable String interval;

    @Option(names = "--horizon", description = "How far ahead: 1h, 4h, 24h. Default: the longest that the model knows")
    private @Nullable String horizon;

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        Ports ports = home.running()
                .orElseThrow(() -> new MlpoolException("no pool runs in %s; start one with ./mlpool run"
                        .formatted(home.home().folder())));
        Map<String, String> request = new LinkedHashMap<>();
        request.put("asset", asset);
        if (interval != null) {
            request.put("interval", interval);
        }
        if (horizon != null) {
            request.put("horizon", horizon);
        }
        JsonNode answer = home.home().client().post(ports.servingUrl() + "/predict", request);
        System.out.println(answer.toPrettyString());
        return 0;
    }
}
