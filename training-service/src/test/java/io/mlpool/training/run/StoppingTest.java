package io.mlpool.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.Assignment;
import io.mlpool.training.TestCandles;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.TrainingService;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.NaiveTrainer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Timeout(60)
class StoppingTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    Path storage;

    @Test
    void theServiceStopsInTheMiddleOfAnEpochThatSomebodyWatches() throws Exception {
        new TestCandles(database.dataSource())
                .load("bitcoin", Interval.ONE_HOUR, TestCandles.START, TestCandles.walk(800, 0, 1));
        ConfigurableApplicationContext service = service();
        Trainings trainings = service.getBean(Trainings.class);
        trainings.start(Pool.request("endless"), Cause.REQUEST);
        assertThat(service.getBean(EndlessEpoch.class).begun.await(30, TimeUnit.SECONDS))
                .isTrue();

        try (InputStream events = watch(service, "endless")) {
            assertThat(events.read()).isPositive();
            long start = System.nanoTime();
            service.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        }
        assertThat(database.jdbc()
                        .sql("SELECT state FROM training_run")
                        .query(String.class)
                        .single())
                .isEqualTo("queued");
    }

    private ConfigurableApplicationContext service() {
        return new SpringApplicationBuilder(TrainingService.class, Endless.class)
                .properties("spring.config.name=training-service")
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=postgres",
                        "--mlpool.model.storage=" + storage,
                        "--mlpool.training.triggers.intervals=");
    }

    private static InputStream watch(ConfigurableApplicationContext service, String run) throws Exception {
        String port = service.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:%s/runs/%s/events".formatted(port, run)))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    @Configuration(proxyBeanMethods = false)
    static class Endless {

        @Bean
        EndlessEpoch endlessEpoch() {
            return new EndlessEpoch();
        }

        @Bean
        @Primary
        Trainers endlessTraining(EndlessEpoch trainer) {
            return new Trainers(List.of(new NaiveTrainer(), trainer));
        }
    }

    /** Works until it is stopped. */
    static final class EndlessEpoch implements Trainer {

        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public Algorithm algorithm() {
            return Algorithm.LSTM;
        }

        @Override
        public Trainer with(Map<String, String> hyperParameters) {
            return this;
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
            begun.countDown();
            while (true) {
                assignment.listener().working();
                Thread.onSpinWait();
            }
        }
    }
}
