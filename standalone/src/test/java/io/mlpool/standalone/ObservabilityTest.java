package io.mlpool.standalone;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.RealPrometheus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool that replays old trades is watched by a real Prometheus with the rules of the repository. */
class ObservabilityTest {

    /** What a healthy pool rightly has no data of. */
    private static final Map<String, String> RIGHTLY_EMPTY = Map.of(
            "http_server_requests_seconds_count{job=~\"mlpool-.+\", status=~\"5..\", status!=\"503\"}",
            "a healthy pool answers none of these",
            "ALERTS{alertstate=\"firing\", alertname=~\"Mlpool.+\"}",
            "in a healthy pool none fires");

    /** Somebody who would be told of alerts, for there is no figure of deliveries without. */
    private static final Map<String, String> SETTINGS = Map.of(
            "mlpool.readings.interval", "1s",
            "mlpool.alerts.delivery.receivers.ops.webhook.url", "http://127.0.0.1:9/",
            "mlpool.alerts.delivery.receivers.ops.webhook.secret", "sixteen characters");

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final MetricsPage PAGE = MetricsPage.read(Observability.ROOT.resolve("docs/observability.md"));
    private static final PoolClient CLIENT = new PoolClient();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RealPrometheus prometheus;

    @SuppressWarnings("NullAway.Init")
    private static Pool pool;

    @BeforeAll
    static void startThePoolUnderWatch() throws IOException {
        SETTINGS.forEach(System::setProperty);
        Ports ports = Ports.free();
        prometheus = RealPrometheus.start(Files.createDirectories(folder.resolve("prometheus")), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s/*.yaml']
                scrape_configs:
                %s%s%s""".formatted(
                        Observability.RULES,
                        job("ingest", ports.ingest()),
                        job("training", ports.training()),
                        job("serving", ports.serving())));
        pool = Pool.open(new PoolHome(folder.resolve("pool")), ports);
        new FirstSteps(pool, new Steps(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)))
                .take(List.of(), true);
    }

    @AfterAll
    static void stop() {
        SETTINGS.keySet().forEach(System::clearProperty);
        if (pool != null) {
            pool.close();
        }
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Test
    void thePageNamesWhatIsExportedAndNothingElse() {
        within(PATIENCE, () -> services().forEach((service, url) -> {
            Exposition exported = exported(url);
            Map<String, MetricsPage.Row> named = PAGE.of(service);
            assertThat(exported.types().keySet()).as("metrics of " + service).isEqualTo(named.keySet());
            named.forEach((metric, row) -> {
                assertThat(exported.types().get(metric)).as(metric).isEqualTo(row.type());
                assertThat(exported.labelsOf(metric)).as("labels of " + metric).isEqualTo(row.labels());
            });
        }));
    }

    @Test
    void labelsHaveTheValuesThatThePageListsAndNoOthers() {
        Set<String> used =
                PAGE.rows().stream().flatMap(row -> row.labels().stream()).collect(Collectors.toSet());
        assertThat(PAGE.values().keySet()).as("labels on the page").isEqualTo(used);
        services().values().forEach(url -> exported(url)
                .labels()
                .forEach((metric, labels) -> labels.forEach(
                        (label, values) -> assertThat(PAGE.values().get(label))
                                .as("values of %s of %s", label, metric)
                                .containsAll(values))));
    }

    @Test
    void everyPanelShowsSomething() {
        haveData(Observability.panels());
    }

    @Test
    void everyRuleIsEvaluatedOverSomething() {
        Observability.ruleQueries().forEach(rule -> ask(rule.asked()));
        haveData(Stream.concat(Observability.ruleQueries().stream(), Observability.panels().stream())
                .flatMap(query -> query.selectors().stream().map(selector -> new PromQuery(query.where(), selector)))
                .toList());
    }

    @Test
    void whatIsOnNoDashboardIsListed() {
        Map<String, String> types = new TreeMap<>();
        services().values().forEach(url -> types.putAll(exported(url).types()));
        Set<String> unshown = new TreeSet<>(types.keySet());
        Set<String> recorded = Observability.panels().stream()
                .flatMap(query -> query.names().stream())
                .collect(Collectors.toSet());
        Stream.concat(
                        Observability.panels().stream(),
                        Observability.ruleQueries().stream().filter(rule -> recorded.contains(rule.where())))
                .flatMap(query -> query.names().stream())
                .forEach(name -> unshown.remove(Exposition.family(name, types)));

        assertThat(unshown).isEqualTo(PAGE.unshown());
    }

    /** Waits until each of these has data; what has some once is not asked again. */
    private static void haveData(List<PromQuery> queries) {
        List<PromQuery> waiting = new ArrayList<>(queries);
        waiting.removeIf(query -> RIGHTLY_EMPTY.containsKey(query.expression()));
        within(PATIENCE, () -> {
            waiting.removeIf(query -> ask(query.asked()));
            assertThat(waiting).as("queries without data").isEmpty();
        });
    }

    /** Whether there are data; Prometheus' words when it cannot make sense of the question. */
    private static boolean ask(String expression) {
        return CLIENT.get("%s/api/v1/query?query=%s"
                        .formatted(prometheus.uri(), URLEncoder.encode(expression, StandardCharsets.UTF_8)))
                .at("/data/result")
                .valueStream()
                .findAny()
                .isPresent();
    }

    private static Exposition exported(String url) {
        return Exposition.of(CLIENT.text(url + "/actuator/prometheus"), "mlpool_");
    }

    private static Map<String, String> services() {
        return Map.of(
                "ingest", pool.ports().ingestUrl(),
                "training", pool.ports().trainingUrl(),
                "serving", pool.ports().servingUrl());
    }

    private static String job(String service, int port) {
        return """
                  - job_name: mlpool-%s
                    metrics_path: /actuator/prometheus
                    static_configs: [{targets: ['localhost:%d']}]
                """.formatted(service, port);
    }
}
