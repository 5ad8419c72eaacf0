package io.mlpool.standalone;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Takes in files of candles or trades: CSV or JSON as exchanges and download sites export them, plain, gzip or zip. The "
                    + "format is recognised by content, symbol and interval by the file's name (BTCUSDT-1h.csv.gz) or the options.",
            "Importing a file again changes nothing. A pool need not be running; if one is, it takes the files in."
        })
final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files, or folders that are searched for files")
    private List<Path> paths = List.of();

    @Option(names = "--symbol", description = "What the files hold: BTCUSDT, XBT/USD")
    private @Nullable String symbol;

    @Option(names = "--asset", description = "The asset's id, where the symbol is not known: bitcoin")
    private @Nullable String asset;

    @Option(names = "--interval", description = "Length of the candles: 1m, 5m, 15m, 30m, 1h, 4h, 1d")
    private @Nullable String interval;

    @Option(names = "--venue", description = "Who recorded them: binance, kraken")
    private @Nullable String venue;

    @Option(
            names = "--rebuild",
            description =
                    "Makes all candles again from the raw archive, for example after an upgrade that cleans better")
    private boolean rebuild;

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        if (paths.isEmpty() && !rebuild) {
            throw new MlpoolException(
                    "name the files or folders to import, or say --rebuild; ./mlpool import --help tells more");
        }
        return home.running().map(this::importInto).orElseGet(this::importAlone);
    }

    private int importAlone() {
        try (Pool pool = Pool.open(home.home(), Ports.free())) {
            pool.startIngest(Map.of("mlpool.ingest.coingecko.enabled", false));
            return importInto(pool.ports());
        }
    }

    private int importInto(Ports ports) {
        if (rebuild) {
            System.out.println(new PoolClient()
                    .post(ports.ingestUrl() + "/rebuild", Map.of())
                    .toPrettyString());
        }
        Uploads uploads = new Uploads(ports.ingestUrl(), System.out);
        uploads.send(paths, parameters());
        System.out.printf(Locale.ROOT, "%,d new candles%n", uploads.added());
        return uploads.refused() == 0 ? 0 : 1;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "symbol", symbol);
        put(parameters, "asset", asset);
        put(parameters, "interval", interval);
        put(parameters, "venue", venue);
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
