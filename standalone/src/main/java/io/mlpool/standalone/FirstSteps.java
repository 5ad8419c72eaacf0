package io.mlpool.standalone;

import io.mlpool.ingest.coingecko.CoinGeckoAccess;
import io.mlpool.ingest.coingecko.CoinGeckoPing;
import io.mlpool.mlflow.Mlflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The way of a start: where data come from, the services, the first data, the first model, the first forecast. */
final class FirstSteps {

    /** Enough for a window and something to learn from. */
    private static final long FEWEST_CANDLES = 1_000;

    private final Pool pool;
    private final Steps steps;
    private final PoolClient client;

    FirstSteps(Pool pool, Steps steps) {
        this.pool = pool;
        this.steps = steps;
        this.client = pool.home().client();
    }

    /** Goes the way; what an earlier start has done is not done again. */
    void take(List<Path> imports, boolean offline) {
        boolean coinGecko = !offline && coinGeckoAnswers();
        boolean replay = !coinGecko && imports.isEmpty() && pool.candles().noneButReplayed();
        startServices(coinGecko, replay);
        if (!imports.isEmpty()) {
            takeIn(imports);
        }
        String interval = waitForCandles(origin(imports, coinGecko, replay));
        if (!hasChampion("price-" + interval)) {
            train(interval);
        }
        showForecast(interval);
    }

    private boolean coinGeckoAnswers() {
        Optional<String> trouble = steps.step(
                "CoinGecko",
                () -> CoinGeckoPing.whyUnreachable(CoinGeckoAccess.of(System.getenv()), Duration.ofSeconds(3)),
                why -> why.map(words -> "not used: " + words).orElse("answers"));
        return trouble.isEmpty();
    }

    private void startServices(boolean coinGecko, boolean replay) {
        steps.step(
                "Ingest",
                () -> pool.startIngest(Map.of(
                        "mlpool.ingest.coingecko.enabled",
                        coinGecko,
                        "mlpool.ingest.defillama.enabled",
                        coinGecko,
                        "mlpool.ingest.replay.enabled",
                        replay)),
                started -> pool.ports().ingestUrl());
        pool.encryption().ifPresent(words -> steps.line("  %-12s %s".formatted("Encryption", words)));
        steps.step("Training", () -> pool.startTraining(Map.of()), started -> pool.ports()
                .trainingUrl());
        steps.step("Serving", () -> pool.startServing(Map.of()), started -> pool.ports()
                .servingUrl());
    }

    private void takeIn(List<Path> imports) {
        Uploads uploads = new Uploads(client, pool.ports().ingestUrl(), steps.out());
        uploads.send(imports, Map.of());
        steps.line("  %-12s %,d new candles".formatted("Import", uploads.added()));
    }

    private String waitForCandles(String origin) {
        HeldCandles.Count enough =
                steps.step("Candles", () -> enoughCandles(Duration.ofMinutes(10)), count -> "%,d of %s, %s"
                        .formatted(count.candles(), count.interval(), origin));
        return enough.interval();
    }

    private static String origin(List<Path> imports, boolean coinGecko, boolean replay) {
        if (!imports.isEmpty()) {
            return coinGecko ? "imported, and from CoinGecko" : "with those just imported";
        }
        if (coinGecko) {
            return "from CoinGecko, 90 days of hours for each asset";
        }
        return replay ? "replayed: real trades of Bitstamp, November 2013, as 5-minute candles" : "from earlier starts";
    }

    private HeldCandles.Count enoughCandles(Duration limit) {
        until(limit, () -> pool.candles().enough(FEWEST_CANDLES).isPresent());
        return pool.candles().enough(FEWEST_CANDLES).orElseThrow();
    }

    private void train(String interval) {
        steps.line(
                "  Training price-%s; version 1 is the naive forecast, the network must beat it".formatted(interval));
        JsonNode run =
                new Following(client, pool.ports().trainingUrl(), steps.out()).start(Map.of("interval", interval));
        if (!run.path("state").asString().equals("succeeded")) {
            throw new MlpoolException("the first training did not succeed: %s"
                    .formatted(run.path("error").asString()));
        }
    }

    private void showForecast(String interval) {
        String asset = pool.candles().anAsset(interval);
        forecast(asset, interval);
        steps.line("");
        steps.line("The pool runs. Ctrl-C stops it; the next start takes seconds and keeps everything.");
        steps.line("  candles and forecasts       %s/".formatted(pool.ports().servingUrl()));
        steps.line(
                "  API, to try from the page   %s/docs".formatted(pool.ports().servingUrl()));
        steps.line("  data and their gaps         %s/coverage"
                .formatted(pool.ports().ingestUrl()));
        steps.line(
                "  trainings and decisions     %s/runs".formatted(pool.ports().trainingUrl()));
        pool.mlflow()
                .ifPresent(uri ->
                        steps.line("  experiments and models      %s".formatted(Mlflow.page(uri, "experiments"))));
        steps.line("  models                      %s (%s/models)"
                .formatted(models(), pool.ports().servingUrl()));
        steps.line("  log                         %s".formatted(pool.home().log()));
        steps.line("");
        steps.line("%s/predict%s -H 'Content-Type: application/json' -d '{\"asset\":\"%s\",\"interval\":\"%s\"}'"
                .formatted(Ports.curl(pool.ports().servingUrl()), keyHeader(), asset, interval));
        if (pool.asksForKeys()) {
            steps.line("./mlpool keys create NAME makes a key for somebody else");
        }
    }

    private String keyHeader() {
        return pool.asksForKeys()
                ? " -H \"X-API-Key: $(cat '%s')\""
                        .formatted(pool.home().commandKey().file())
                : "";
    }

    /** A pool without an answer yet must still run: it is how more candles, and better models, come in. */
    private void forecast(String asset, String interval) {
        FirstForecast first = new FirstForecast(client, pool.ports().servingUrl(), "price-" + interval);
        try {
            FirstForecast.Outcome outcome = steps.step(
                    "Forecast", () -> first.await(Map.of("asset", asset, "interval", interval)), found -> found.answer()
                            .map(answer -> "of " + asset + ", POST /predict")
                            .orElse("none yet"));
            outcome.trouble().ifPresent(why -> steps.line("  %-12s %s".formatted("Model", why)));
            outcome.answer().ifPresent(answer -> steps.line(answer.toPrettyString()));
        } catch (PoolClient.Refusal refusal) {
            steps.line("  Forecast     none yet: " + refusal.getMessage());
        }
    }

    /** Their names, for who wants to ask for them. */
    private String models() {
        return client.get(pool.ports().servingUrl() + "/models")
                .path("models")
                .valueStream()
                .map(model -> model.path("name").asString())
                .collect(Collectors.joining(", "));
    }

    private boolean hasChampion(String model) {
        try {
            return FirstForecast.champion(client.get(pool.ports().servingUrl() + "/models/" + model))
                    .isPresent();
        } catch (PoolClient.Refusal refusal) {
            if (refusal.status() != 404) {
                throw refusal;
            }
            return false;
        }
    }

    private static boolean until(Duration limit, BooleanSupplier done) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new MlpoolException(
                        "nothing came within %d minutes; the log says more".formatted(limit.toMinutes()));
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        return true;
    }
}
