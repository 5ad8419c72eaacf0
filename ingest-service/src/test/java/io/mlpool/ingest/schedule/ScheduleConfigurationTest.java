package io.mlpool.ingest.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.MarketSource;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.protocols.ProtocolIngestion;
import io.mlpool.ingest.protocols.ProtocolSource;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

class ScheduleConfigurationTest {

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path folder;

    @Test
    void coinGeckoAndDefiLlamaAreAskedUnlessSaidOtherwiseAndReplaysOfEarlierStartsAreKnown() {
        context().run(started -> assertThat(
                        tasks(started.getBeansOfType(Task.class).values()))
                .containsExactlyInAnyOrder(
                        "coingecko-candles",
                        "coingecko-assets",
                        "defillama-protocols",
                        "defillama-incidents",
                        "defillama-histories",
                        "replay"));
    }

    @Test
    void sourcesThatAreOffHaveNoTasksButReadTheirArchive() {
        context()
                .withPropertyValues(
                        "mlpool.ingest.coingecko.enabled=false",
                        "mlpool.ingest.defillama.enabled=false",
                        "mlpool.ingest.replay.enabled=true")
                .run(started -> {
                    assertThat(tasks(started.getBeansOfType(Task.class).values()))
                            .containsExactly("replay");
                    assertThat(started.getBeansOfType(MarketSource.class).values())
                            .extracting(MarketSource::name)
                            .contains("coingecko", "replay");
                    assertThat(started.getBeansOfType(ProtocolSource.class).values())
                            .extracting(ProtocolSource::name)
                            .containsExactly("defillama");
                });
    }

    @Test
    void contradictoryPlanStopsTheStartAndSaysWhatToDo() {
        context().withPropertyValues("mlpool.ingest.coingecko.plan=pro").run(started -> assertThat(started)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessageContaining("COINGECKO_API_KEY is not set"));
    }

    private ApplicationContextRunner context() {
        Clock clock = Clock.systemUTC();
        return new ApplicationContextRunner()
                .withUserConfiguration(Scanned.class)
                .withBean(Clock.class, () -> clock)
                .withBean(JdbcClient.class, database::jdbc)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(FileSource.class, () -> new FileSource(SymbolMap.bundled(), 1_000_000))
                .withBean(
                        CandleIngestion.class,
                        () -> new CandleIngestion(
                                List.of(),
                                new RawArchive(folder, clock),
                                database.dataSource(),
                                new RunCounts(new SimpleMeterRegistry()),
                                clock))
                .withBean(
                        ProtocolIngestion.class,
                        () -> new ProtocolIngestion(
                                List.of(),
                                new RawArchive(folder, clock),
                                database.dataSource(),
                                new RunCounts(new SimpleMeterRegistry()),
                                clock))
                .withBean(Scheduler.class, () -> Scheduler.create(database.dataSource())
                        .tableName("ingest_tasks")
                        .build());
    }

    private static List<String> tasks(Collection<?> tasks) {
        return tasks.stream().map(task -> ((Task<?>) task).getName()).toList();
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({
        "io.mlpool.ingest.coingecko",
        "io.mlpool.ingest.defillama",
        "io.mlpool.ingest.replay",
        "io.mlpool.ingest.schedule"
    })
    static class Scanned {}
}
