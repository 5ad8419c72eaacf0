package io.mlpool.standalone.bench;

import io.mlpool.model.Calibration;
import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.Alias;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Asks a serving process of its own twice as much as it can answer while another version goes live every minute. Each answer
 * must be what the version it names said in peace; what is too much must be turned away with 503 and the time to ask again.
 */
final class SoakBenchmark implements Benchmark {

    private static final int VERSIONS = 3;
    private static final double MINUTE = 60;
    private static final double OVERLOAD = 2;
    private static final int CLIENTS = 32;

    /** So many at once that answering takes far longer than asking: who asks has to manage twice as much. */
    private static final int WINDOWS = 48;

    private final PoolUnderTest pool;
    private final Printout out;
    private final BenchModel model;
    private final int minutes;
    private final Calls calls = new Calls();

    SoakBenchmark(PoolUnderTest pool, Printout out, BenchModel model, int minutes) {
        this.pool = pool;
        this.out = out;
        this.model = model;
        this.minutes = minutes;
    }

    @Override
    public void run() {
        List<Integer> versions = versions();
        Cores cores = Cores.ofThisProcess();
        try (ServingProcess serving = ServingProcess.start(pool, cores.onTheFirst())) {
            cores.leaveTheFirst();
            List<SoakQuestion> questions = questions(serving.url());
            SoakTraffic traffic = new SoakTraffic(questions, saidInPeace(questions, versions));
            traffic.capacity(CLIENTS, MINUTE);
            double capacity = traffic.capacity(CLIENTS, MINUTE);
            out.title("soak: %d minutes at %,.0f requests/s, twice what was answered, another version every minute"
                    .formatted(minutes, OVERLOAD * capacity));
            List<Long> memory = new ArrayList<>();
            for (int minute = 0; minute < minutes; minute++) {
                assign(versions.get(minute % VERSIONS));
                traffic.send(OVERLOAD * capacity, MINUTE);
                memory.add(serving.residentMegabytes());
                out.line("minute %2d: %s; %,d MB", minute + 1, new TreeMap<>(traffic.outcomes()), memory.getLast());
            }
            conclude(traffic, memory);
        }
    }

    private void conclude(SoakTraffic traffic, List<Long> memory) {
        int third = memory.size() / 3;
        double before = mean(memory.subList(third, 2 * third));
        double after = mean(memory.subList(2 * third, memory.size()));
        out.line(
                "%,d right, %,d turned away, %,d wrong (aim 0), memory %,.0f MB in the second third, %,.0f MB in the last",
                traffic.count("right"), traffic.count("turned away"), traffic.count("wrong"), before, after);
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(Double.NaN);
    }

    /** Versions of one graph that answer differently because they are calibrated differently. */
    private List<Integer> versions() {
        ForecastBundle trained = ForecastBundle.of(model.registry().fetch(model.version()));
        List<Integer> versions = new ArrayList<>();
        for (int i = 0; i < VERSIONS; i++) {
            Path directory = pool.scratch().resolve("soak-" + i);
            ForecastBundle bundle = BundleCopy.write(
                    directory, trained, "-soak-" + i, shifted(trained.manifest().calibration(), 0.01 * (i + 1)));
            versions.add(model.registry().register(bundle.bundle(), Map.of()).version());
        }
        return versions;
    }

    private static Calibration shifted(Calibration calibration, double shift) {
        return new Calibration(calibration.offsets().stream()
                .map(row -> row.stream().map(offset -> offset + shift).toList())
                .toList());
    }

    private Map<SoakQuestion, Map<Integer, List<Double>>> saidInPeace(
            List<SoakQuestion> questions, List<Integer> versions) {
        Map<SoakQuestion, Map<Integer, List<Double>>> said = new LinkedHashMap<>();
        for (int version : versions) {
            assign(version);
            for (SoakQuestion question : questions) {
                JsonNode answer = calls.await(
                        question.request(),
                        Duration.ofMinutes(1),
                        one -> one.at(question.version()).asInt() == version);
                said.computeIfAbsent(question, one -> new HashMap<>())
                        .put(version, question.read(answer).numbers());
            }
        }
        return said;
    }

    private void assign(int version) {
        model.registry().assign(BenchModel.NAME, Alias.CHAMPION, version);
    }

    /** Half of them are computed on the spot. */
    private List<SoakQuestion> questions(String url) {
        ForecastBundle bundle = ForecastBundle.of(model.registry().fetch(model.version()));
        HttpRequest known = Calls.request(url + "/predict", BenchModel.questionBody(BenchModel.asset(0)));
        HttpRequest other = Calls.request(url + "/predict", BenchModel.questionBody(BenchModel.asset(1)));
        HttpRequest candles = Calls.request(url + "/predict", model.explicitQuestionBody());
        HttpRequest windows = Calls.request("%s/v2/models/%s/infer".formatted(url, BenchModel.NAME), windows(bundle));
        return List.of(
                new SoakQuestion("known", known, "/model/version", "/quantiles"),
                new SoakQuestion("candles", candles, "/model/version", "/quantiles"),
                new SoakQuestion("another known", other, "/model/version", "/quantiles"),
                new SoakQuestion("windows", windows, "/model_version", "/outputs/0/data"));
    }

    /** One digit after the point: sending is the work of who asks. */
    private static String windows(ForecastBundle bundle) {
        int steps = bundle.manifest().features().steps();
        int width = bundle.manifest().features().width();
        double[] numbers = new double[WINDOWS * steps * width];
        Arrays.setAll(numbers, i -> Math.rint(10 * bundle.golden().window()[i % (steps * width)]) / 10);
        return Calls.json(Map.of(
                "inputs",
                List.of(Map.of(
                        "name",
                        "window",
                        "shape",
                        List.of(WINDOWS, steps, width),
                        "datatype",
                        "FP32",
                        "data",
                        numbers)),
                "outputs",
                List.of(Map.of("name", "calibrated_quantiles"))));
    }
}
