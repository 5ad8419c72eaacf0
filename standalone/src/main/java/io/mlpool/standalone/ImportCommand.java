package io.mlpool.standalone;

import io.mlpool.ingest.archive.Rebuild;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
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
            "Histories of what is locked in DeFi protocols and lists of hacks too (docs/protocols-data.md).",
            "A last candle whose time is not over yet is dropped and counted as unfinished. A file that was exported earlier, in the "
                    + "middle of its last candle, does not say so: cut that line off, or import a newer export of the same venue, which "
                    + "corrects the candle.",
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
                    "Take in again everything that was ever taken in, from the raw archive: what is missing comes back")
    private boolean rebuild;

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        if (paths.isEmpty() && !rebuild) {
            throw new MlpoolException(
                    "name the files or folders to import, or say --rebuild; ./mlpool import --help tells more");
        }
        Uploads.requireThere(paths);
        Optional<Ports> running = home.running();
        if (rebuild && running.isPresent()) {
            throw new MlpoolException("the pool in %s is running; stop it before its candles are made again"
                    .formatted(home.home().folder()));
        }
        return running.map(this::importInto).orElseGet(this::importAlone);
    }

    private int importAlone() {
        try (Pool pool = Pool.open(home.home(), Ports.free())) {
            ApplicationContext ingest = pool.startIngest(Map.of(
                    "mlpool.ingest.coingecko.enabled",
                    false,
                    "mlpool.ingest.defillama.enabled",
                    false,
                    "mlpool.ingest.replay.enabled",
                    false));
            if (rebuild) {
                rebuild(ingest.getBean(Rebuild.class));
            }
            return importInto(pool.ports());
        }
    }

    private static void rebuild(Rebuild rebuild) {
        Rebuild.Rebuilt done = rebuild.run(report -> {});
        System.out.printf(
                Locale.ROOT,
                "%,d candles from %,d archived payloads, %,d of them refused%n",
                done.candlesWritten(),
                done.payloads(),
                done.refused().size());
        done.refused().forEach(why -> System.out.println("  refused: " + why));
    }

    private int importInto(Ports ports) {
        Uploads uploads = new Uploads(home.home().client(), ports.ingestUrl(), System.out);
        uploads.send(paths, parameters());
        if (!paths.isEmpty()) {
            System.out.printf(Locale.ROOT, "%,d new candles%n", uploads.added());
        }
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
