package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.Forgetting;
import io.mlpool.testing.RealMlflow;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas share the database and MLflow, and nothing else. */
class MlflowReplicasTest {

    private static final String QUESTION = "{\"asset\":\"bitcoin\"}";

    private static MlflowTeam team;
    private static List<ServingServer> replicas = List.of();

    @BeforeAll
    static void start(@TempDir Path folder) {
        RealMlflow mlflow = RealMlflow.shared();
        Forgetting.model(mlflow.uri(), "price-1h");
        team = new MlflowTeam(mlflow.uri(), folder);
        TestDatabase database = TestDatabase.create();
        SettableClock clock = new SettableClock(new TestMarket(database).add("bitcoin", "btc", 400));
        replicas = IntStream.range(0, 3)
                .mapToObj(number -> ServingServer.start(
                        database,
                        folder.resolve("replica" + number),
                        clock,
                        "mlpool.live.poll-interval=1s", // as in production
                        "mlpool.tracking.uri=" + mlflow.uri()))
                .toList();
    }

    @AfterAll
    static void stop() {
        replicas.forEach(ServingServer::close);
    }

    @Test
    void replicasConvergeToTheChampionWithinTenSecondsAndFailNoPrediction() throws InterruptedException {
        ModelVersion first = team.promote();
        eventually(() -> assertAllAnswerWith(first));
        ModelVersion second = team.register();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch predictions = new CountDownLatch(300);
        CountDownLatch done = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newFixedThreadPool(replicas.size())) {
            replicas.forEach(replica -> callers.execute(() -> {
                while (done.getCount() > 0) {
                    HttpResponse<String> response = replica.post("/predict", QUESTION);
                    if (response.statusCode() != 200) {
                        failures.add(response.body());
                    }
                    predictions.countDown();
                }
            }));
            try {
                for (ModelVersion version : List.of(second, first, second)) {
                    team.promote(version);
                    within(Duration.ofSeconds(10), () -> assertAllAnswerWith(version));
                }
                predictions.await();
            } finally {
                done.countDown();
            }
        }
        assertThat(failures).isEmpty();
    }

    private static void assertAllAnswerWith(ModelVersion version) {
        assertThat(replicas).allSatisfy(replica -> assertThat(replica.json(replica.post("/predict", QUESTION))
                        .at("/model/version")
                        .asInt())
                .isEqualTo(version.version()));
    }
}
