package io.mlpool.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code ./mlpool backtest}. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what this pool would have forecast over a past time, had it run then, and how good that was beside the last price and a random walk.",
            "Models are made anew every so often from what was known by then; nothing is registered. A pool need not be running; if one is, it does the work.%n",
            "./mlpool backtest --asset bitcoin --from 2023-01-01 --to 2023-07-01 --out january-to-june%n"
        })
final class BacktestCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMillis(500);

    @Option(
            names = "--asset",
            split = ",",
            paramLabel = "NAME",
            description = "Asset to forecast; again or after a comma for more. Default: all. Models learn from all")
    private List<String> assets = List.of();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "When the first forecast is made: a day or a time, UTC")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME",
            description = "Until when forecasts are made, exclusive: a day or a time, UTC")
    private String to = "";

    @Option(names = "--interval", description = "Candles: 5m, 1h, 4h, 1d. Default: those that the pool holds most of")
    private @Nullable String interval;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description =
                    "volatility, xgboost, xgboost-scale, lstm, transformer or ensemble. Default: volatility, which takes seconds a model; lstm takes minutes to an hour")
    private @Nullable String algorithm;

    @Option(
            names = "--retrain",
            paramLabel = "SPAN",
            description = "How long a model is used before the next one is made: 7d, 12h. Default: 30d")
    private @Nullable String retrain;

    @Option(
            names = "--learn-windows",
            paramLabel = "N",
            description = "Windows that each model learns from at most. Default: 60000")
    private @Nullable Integer learnWindows;

    @Option(names = "--seed", description = "Seed of every random choice. Default: 1")
    private @Nullable Long seed;

    @Option(
            names = "--id",
            description =
                    "Names the backtest: the same command with the same name goes on where it was, or shows its result again")
    private @Nullable String id;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for report.html, with plots, and forecasts.csv, with every forecast")
    private @Nullable Path folder;

    @Mixin
    private Output out = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        Map<String, Object> request = request();
        return home.running().map(ports -> there(ports, request)).orElseGet(() -> {
            home.home().requirePool("");
            return Alone.with(home.home(), pool -> alone(pool, request));
        });
    }

    private int alone(Pool pool, Map<String, Object> request) {
        pool.startTraining(Map.of("mlpool.training.triggers.intervals", "", "mlpool.training.anomaly.intervals", ""));
        return backtest(
                pool.ports(), request, pool.candles().most(), "Ctrl-C stops it, the same command with --id %s goes on");
    }

    private int there(Ports ports, Map<String, Object> request) {
        Optional<HeldCandles.Count> most =
                interval == null ? HeldCandles.mostOf(home.home().client(), ports.ingestUrl()) : Optional.empty();
        return backtest(
                ports,
                request,
                most,
                "The pool that runs does it, Ctrl-C leaves it there; the same command with --id %s follows it again");
    }

    private int backtest(Ports ports, Map<String, Object> request, Optional<HeldCandles.Count> most, String meanwhile) {
        request.put(
                "interval",
                Optional.ofNullable(interval)
                        .or(() -> most.map(HeldCandles.Count::interval))
                        .orElseThrow(() -> new MlpoolException(
                                "the pool holds no candles to learn from; ./mlpool import FILE takes some in")));
        PoolClient client = home.home().client();
        String started = client.post(ports.trainingUrl() + "/backtests", request)
                .path("id")
                .asString();
        String backtest = ports.trainingUrl() + "/backtests/" + started;
        out.line("Backtest %s. %s", started, meanwhile.formatted(started));
        JsonNode ended = watch(client, backtest);
        if (!ended.path("state").asString().equals("succeeded")) {
            out.line(
                    "Backtest %s%s",
                    ended.path("state").asString(),
                    ended.path("error").stringValueOpt().map(": "::concat).orElse(""));
            return 1;
        }
        out.line("%n%s", client.text(backtest + "/report").strip());
        out.line("%n%s", files(client, backtest));
        return 0;
    }

    /** Says what it does whenever that changes, until it is over. */
    private JsonNode watch(PoolClient client, String backtest) {
        String said = "";
        while (true) {
            JsonNode now = client.get(backtest);
            String doing = now.path("state").asString().equals("queued") ? waiting(client, backtest) : inWords(now);
            if (!doing.isEmpty() && !doing.equals(said)) {
                out.line("%s", doing);
                said = doing;
            }
            if (!now.path("finished_at").isNull()) {
                return now;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** One works at a time, and it may be one that somebody broke off. */
    private static String waiting(PoolClient client, String backtest) {
        String all = backtest.substring(0, backtest.lastIndexOf('/'));
        return client.get(all)
                .valueStream()
                .filter(one -> one.path("state").asString().equals("running"))
                .findFirst()
                .map(one -> "It waits until backtest %s is over; curl -X POST %s/%1$s/cancel ends that one"
                        .formatted(one.path("id").asString(), all))
                .orElse("");
    }

    /** {@code Training fold 2 of 7, epoch 3 of 30}; empty before it begins. */
    private static String inWords(JsonNode backtest) {
        JsonNode progress = backtest.path("progress");
        String epoch = progress.path("epoch").isNumber()
                ? ", epoch %d of %d"
                        .formatted(
                                progress.path("epoch").asInt(),
                                progress.path("epochs").asInt())
                : "";
        return progress.path("message").asString("") + epoch;
    }

    private String files(PoolClient client, String backtest) {
        if (folder == null) {
            return "With --out DIR, and --id %s, also a report with plots and every forecast as CSV"
                    .formatted(backtest.substring(backtest.lastIndexOf('/') + 1));
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new MlpoolException("--out: cannot create %s: %s".formatted(folder, e), e);
        }
        Path report = folder.resolve("report.html");
        Path forecasts = folder.resolve("forecasts.csv");
        client.download(backtest + "/report", "text/html", report);
        client.download(backtest + "/forecasts.csv", "text/csv", forecasts);
        return "With plots: %s, every forecast: %s".formatted(report, forecasts);
    }

    private Map<String, Object> request() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("assets", assets);
        request.put("from", DayOrTime.of("--from", from).toString());
        request.put("to", DayOrTime.of("--to", to).toString());
        putIfGiven(request, "algorithm", algorithm);
        putIfGiven(request, "retrain", retrain);
        putIfGiven(request, "learn_windows", learnWindows);
        putIfGiven(request, "seed", seed);
        putIfGiven(request, "id", id);
        return request;
    }

    private static void putIfGiven(Map<String, Object> request, String field, @Nullable Object value) {
        if (value != null) {
            request.put(field, value);
        }
    }
}
