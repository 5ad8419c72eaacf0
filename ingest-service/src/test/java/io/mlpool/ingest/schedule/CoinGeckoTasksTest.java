package io.mlpool.ingest.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import io.mlpool.ingest.coingecko.FakeCoinGecko;
import io.mlpool.ingest.coingecko.FakeMarket;
import io.mlpool.ingest.coingecko.Fixture;
import io.mlpool.ingest.requests.FakeSource.Answer;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoinGeckoTasksTest {

    private static final FollowedAssets FOLLOWED = new FollowedAssets(List.of("bitcoin", "ethereum", "solana"));

    private final FakeCoinGecko gecko = new FakeCoinGecko();
    private final TestDatabase database = TestDatabase.create();
    private final Fixture fixture = Fixture.on(database, gecko.root(), Duration.ofDays(2));
    private final List<Scheduler> replicas = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        replicas.forEach(Scheduler::stop);
        gecko.close();
    }

    @Test
    void twoReplicasFetchEachAssetOnce() throws InterruptedException {
        gecko.says(new FakeMarket(fixture.clock));
        Scheduler one = replica("one");
        Scheduler two = replica("two");
        tasks().start(one);
        tasks().start(two);

        one.start();
        two.start();
        until(() -> plans(one, CoinGeckoTasks.CANDLES).stream().noneMatch(Fixture.NOW::equals)
                && plans(one, CoinGeckoTasks.ASSETS).stream().noneMatch(Fixture.NOW::equals));

        assertThat(gecko.asked().stream().filter(path -> path.contains("market_chart")))
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(gecko.asked().stream().filter(path -> path.contains("coins/markets")))
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(plans(one, CoinGeckoTasks.CANDLES)).containsOnly(Instant.parse("2026-03-10T13:07:00Z"));
        assertThat(plans(one, CoinGeckoTasks.ASSETS)).containsOnly(Instant.parse("2026-03-11T00:40:00Z"));
    }

    @Test
    void replicaKilledInTheMiddleIsReplacedAndNothingStoredIsFetchedAgain() throws InterruptedException {
        Function<String, Answer> market = new FakeMarket(fixture.clock);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch hang = new CountDownLatch(1);
        gecko.says(path -> {
            if (path.contains("market_chart") && charts() == 2) {
                second.countDown();
                await(hang);
            }
            return market.apply(path);
        });
        Scheduler killed = replica("killed");
        tasks().start(killed);
        killed.start();
        assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
        database.jdbc()
                .sql("UPDATE ingest_tasks SET last_heartbeat = now() - interval '10 years' WHERE picked")
                .update();
        gecko.says(market);

        Scheduler other = replica("other");
        other.start();
        until(() -> FOLLOWED.assets().stream().allMatch(this::complete));
        hang.countDown();

        assertThat(gecko.asked().stream().filter(path -> path.contains("market_chart")))
                .hasSizeBetween(3, 4);
    }

    @Test
    void whenTroublePassesItIsTriedSoonAndOtherwiseTheNextDay() throws InterruptedException {
        gecko.says(path -> path.contains("bitcoin/")
                ? Answer.of(404, "{\"error\":\"coin not found\"}")
                : Answer.of(403, "<title>Attention Required! | Cloudflare</title>"));
        Scheduler replica = replica("one");
        tasks().start(replica);

        replica.start();
        until(() -> plans(replica, CoinGeckoTasks.CANDLES).stream().noneMatch(Fixture.NOW::equals));

        assertThat(plans(replica, CoinGeckoTasks.CANDLES))
                .containsExactlyInAnyOrder(
                        Fixture.NOW.plus(Duration.ofDays(1)),
                        Fixture.NOW.plus(Duration.ofMinutes(15)),
                        Fixture.NOW.plus(Duration.ofMinutes(15)));
    }

    @Test
    void assetThatIsNotFollowedAnyMoreIsLeftAlone() throws InterruptedException {
        gecko.says(new FakeMarket(fixture.clock));
        Scheduler replica = replica("one");
        replica.schedule(tasks().candles().instance("dropped-coin"), Fixture.NOW);

        replica.start();
        until(() -> plans(replica, CoinGeckoTasks.CANDLES).isEmpty());

        assertThat(gecko.asked()).isEmpty();
    }

    private CoinGeckoTasks tasks() {
        return new CoinGeckoTasks(fixture.coinGecko(folder), FOLLOWED, fixture.clock);
    }

    private Scheduler replica(String name) {
        CoinGeckoTasks tasks = tasks();
        Scheduler scheduler = Scheduler.create(
                        database.dataSource(),
                        List.<CustomTask<?>>of(tasks.candles(), tasks.assets()).toArray(CustomTask[]::new))
                .tableName("ingest_tasks")
                .schedulerName(new SchedulerName.Fixed(name))
                .clock(fixture.clock::instant)
                .pollingInterval(Duration.ofMillis(50))
                .threads(1)
                .shutdownMaxWait(Duration.ofSeconds(1))
                .build();
        replicas.add(scheduler);
        return scheduler;
    }

    private static List<Instant> plans(Scheduler scheduler, String task) {
        return scheduler.getScheduledExecutionsForTask(task, Void.class, ScheduledExecutionsFilter.all()).stream()
                .map(execution -> execution.getExecutionTime().truncatedTo(ChronoUnit.MINUTES))
                .toList();
    }

    private long charts() {
        return gecko.asked().stream()
                .filter(path -> path.contains("market_chart"))
                .count();
    }

    private boolean complete(String asset) {
        SeriesKey key = SeriesKey.usd(asset, Interval.ONE_HOUR);
        return new CandleStore(database.jdbc())
                        .series(key, Instant.EPOCH, Fixture.NOW)
                        .size()
                == 47;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the schedulers' clock go on, since they poll by it. */
    private void until(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("within 20 seconds, asked %s", gecko.asked())
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
            fixture.clock.advance(Duration.ofMillis(60));
        }
    }
}
