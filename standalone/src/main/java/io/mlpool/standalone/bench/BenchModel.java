package io.mlpool.standalone.bench;

import io.mlpool.market.Interval;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A hundred assets of hourly candles and an LSTM trained on all of them but one, live. Made when the first benchmark wants it.
 * The last asset is no member of the market that the model looks at, and its candles begin and end earlier.
 */
final class BenchModel {

    static final String NAME = "price-1h";
    static final int ASSETS = 100;

    /** Hours that are left to be uploaded: the newest candle of the market is that old. */
    static final int SPARE_HOURS = 60;

    /** Candles that the last asset is behind the market. */
    static final int LATE_HOURS = 40;

    private static final int HOURS = 1_500;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final PoolUnderTest pool;
    private final Printout out;
    private final Calls calls = new Calls();
    private final List<Walk> walks = new ArrayList<>();
    private final Instant end;
    private @Nullable String run;
    private int hours;
    private int lateHours;

    BenchModel(PoolUnderTest pool, Printout out, Instant now) {
        this.pool = pool;
        this.out = out;
        this.end = Interval.ONE_HOUR.floor(now).minus(Duration.ofHours(SPARE_HOURS));
    }

    /** Id of the training run that made it. */
    String run() {
        if (run == null) {
            out.title("(%d assets of %,d hourly candles, and an LSTM trained on them)".formatted(ASSETS, HOURS));
            uploadHistory();
            run = train();
            goLive(run);
        }
        return run;
    }

    /** The trained version, which is live. */
    ModelVersion version() {
        String made = run();
        return registry().versions(NAME).stream()
                .filter(version -> version.runId().equals(made))
                .findFirst()
                .orElseThrow();
    }

    FolderRegistry registry() {
        return new FolderRegistry(pool.registry(), pool.signing());
    }

    static String asset(int number) {
        return ticker(number).toLowerCase(Locale.ROOT);
    }

    static String lateAsset() {
        return asset(ASSETS - 1);
    }

    /** Close time of the newest candle of all assets but the late one. */
    Instant asOf() {
        return end.plus(Duration.ofHours(hours));
    }

    Instant lateAsOf() {
        return end.plus(Duration.ofHours(lateHours - LATE_HOURS));
    }

    /** The next candle of the late asset, in a file. */
    Path nextOfLate() {
        lateHours++;
        return zip("late", List.of(ASSETS - 1), 1);
    }

    /** The next candle of all assets, in one file. */
    Path nextOfAll() {
        hours++;
        lateHours++;
        return zip("all", java.util.stream.IntStream.range(0, ASSETS).boxed().toList(), 1);
    }

    HttpRequest question(String asset) {
        return Calls.request(pool.serving() + "/predict", questionBody(asset));
    }

    static String questionBody(String asset) {
        return Calls.json(Map.of("asset", asset, "interval", "1h", "horizon", "24h"));
    }

    /** A question with candles of its own, as many as the model wants. */
    String explicitQuestionBody() {
        List<Map<String, Object>> candles = new ArrayList<>();
        Walk walk = new Walk(77, Interval.ONE_HOUR, end.minus(Duration.ofHours(500)));
        for (int i = 0; i < 500; i++) {
            String[] fields = walk.line().strip().split(",", -1);
            candles.add(Map.of(
                    "open_time", Long.parseLong(fields[0]) / 1000,
                    "close", Double.parseDouble(fields[4]),
                    "volume", Double.parseDouble(fields[5])));
        }
        return Calls.json(Map.of("interval", "1h", "horizon", "24h", "candles", candles));
    }

    private void uploadHistory() {
        for (int asset = 0; asset < ASSETS; asset++) {
            long late = asset == ASSETS - 1 ? LATE_HOURS : 0;
            walks.add(new Walk(asset, Interval.ONE_HOUR, end.minus(Duration.ofHours(HOURS + late))));
        }
        Path file = zip(
                "history", java.util.stream.IntStream.range(0, ASSETS).boxed().toList(), HOURS);
        pool.upload(file, Map.of(), (long) ASSETS * HOURS);
    }

    private String train() {
        List<String> learned = java.util.stream.IntStream.range(0, ASSETS - 1)
                .mapToObj(BenchModel::asset)
                .toList();
        String id = calls.post(pool.training() + "/runs", Map.of("interval", "1h", "assets", learned))
                .path("id")
                .asString();
        HttpRequest look = HttpRequest.newBuilder(URI.create(pool.training() + "/runs/" + id))
                .build();
        JsonNode ended = calls.await(
                look,
                PATIENCE,
                view -> !view.path("finished_at").isMissingNode()
                        && !view.path("finished_at").isNull());
        if (!ended.path("state").asString().equals("succeeded")) {
            throw new IllegalStateException("the training of the model to be measured did not succeed: " + ended);
        }
        return id;
    }

    /** On random walks the gate rightly does not promote it. */
    private void goLive(String made) {
        int version = registry().versions(NAME).stream()
                .filter(one -> one.runId().equals(made))
                .findFirst()
                .orElseThrow()
                .version();
        registry().assign(NAME, Alias.CHAMPION, version);
        awaitLive(version);
    }

    /** Waits until a forecast of that version is served. */
    void awaitLive(int version) {
        calls.await(
                question(asset(0)),
                Duration.ofMinutes(1),
                answer -> answer.path("model").path("version").asInt() == version);
    }

    private Path zip(String name, List<Integer> assets, int rows) {
        Path file = pool.scratch().resolve(name + ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int asset : assets) {
                zip.putNextEntry(new ZipEntry(ticker(asset) + "USDT-1h.csv"));
                zip.write(Walk.HEADER.getBytes(StandardCharsets.UTF_8));
                for (int row = 0; row < rows; row++) {
                    zip.write(walks.get(asset).line().getBytes(StandardCharsets.UTF_8));
                }
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** No exchange's. */
    private static String ticker(int asset) {
        return String.format(Locale.ROOT, "QX%03d", asset);
    }
}
