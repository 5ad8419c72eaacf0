package io.mlpool.serving.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.drift.DriftReference;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.Horizon;
import io.mlpool.model.PriceDistribution;
import io.mlpool.registry.Alias;
import io.mlpool.serving.drift.DriftTallies;
import io.mlpool.serving.forecast.Forecast;
import io.mlpool.serving.forecast.ModelLabel;
import io.mlpool.serving.forecast.Watched;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What is watched of a forecast counts when it is stored for the first time, whoever stores it and however often. */
class CountedOnceTest {

    private static final Instant AS_OF = Instant.parse("2024-05-01T12:00:00Z");
    private static final DriftReference REFERENCE = ConstantModel.reference();

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = database.jdbc();
    private final SettableClock clock = new SettableClock(AS_OF);
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    private final ForecastStore store =
            new ForecastStore(jdbc, transaction, new DriftTallies(jdbc, JsonMapper.shared()), clock);

    @Test
    void replicasThatStoreTheSameInPartsOfTheirOwnCountItOnce() throws Exception {
        List<Made> all = made(60);
        try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int size : List.of(7, 13, 60, 29)) {
                work.add(() -> saveInParts(all, size));
            }
            int stored = 0;
            for (Future<Integer> one : replicas.invokeAll(work)) {
                stored += one.get();
            }
            assertThat(stored).isEqualTo(60);
        }

        assertThat(number("SELECT sum(assets) FROM drift_tally")).isEqualTo(60);
        assertThat(number("SELECT count(*) FROM drift_tally")).isEqualTo(1);
        assertThat(number("SELECT sums[1] FROM drift_tally"))
                .isCloseTo(IntStream.range(0, 60).sum() / 10.0, within(1e-9));
        assertThat(number("SELECT squares[1] FROM drift_tally"))
                .isCloseTo(
                        IntStream.range(0, 60).mapToDouble(i -> i * i / 100.0).sum(), within(1e-9));
        assertThat(number("SELECT sum(n) FROM drift_tally, unnest(counts) n"))
                .isEqualTo(60.0 * REFERENCE.columns().size());
    }

    @Test
    void whatIsNotStoredIsNotCountedAndCountsWhenItIsTriedAgain() {
        List<Made> made = made(3);
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    store.save(made);
                    throw new IllegalStateException("killed before the end");
                }))
                .hasMessageContaining("killed");
        assertThat(number("SELECT count(*) FROM drift_tally")).isZero();

        assertThat(store.save(made)).isEqualTo(3);
        assertThat(store.save(made)).isZero();
        assertThat(number("SELECT sum(assets) FROM drift_tally")).isEqualTo(3);
    }

    @Test
    void oldSumsGo() {
        store.save(made(3));
        clock.set(AS_OF.plusSeconds(40L * 86_400));
        store.save(List.of(made("later", clock.instant(), 1)));
        assertThat(number("SELECT count(*) FROM drift_tally")).isEqualTo(1);
    }

    private int saveInParts(List<Made> all, int size) {
        int stored = 0;
        for (int from = 0; from < all.size(); from += size) {
            stored += store.save(all.subList(from, Math.min(all.size(), from + size)));
        }
        return stored;
    }

    private static List<Made> made(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> made("coin-" + i, AS_OF, i / 10.0))
                .toList();
    }

    private static Made made(String asset, Instant asOf, double first) {
        double[] row = new double[REFERENCE.columns().size()];
        Arrays.fill(row, 0.5);
        row[0] = first;
        Forecast forecast = new Forecast(
                UUID.nameUUIDFromBytes((asset + asOf).getBytes(StandardCharsets.UTF_8)),
                new ModelLabel("price-1h", 1, Algorithm.LSTM, Alias.CHAMPION, "run"),
                asset,
                "usd",
                Interval.ONE_HOUR,
                asOf,
                Horizon.of("1h"),
                100,
                PriceDistribution.of(List.of(0.1, 0.5, 0.9), new double[] {-1, 0, 1}, 100, 0.01),
                0.01,
                1,
                List.of());
        return new Made(forecast, Optional.of(new Watched(REFERENCE, row)));
    }

    private double number(String sql) {
        return jdbc.sql(sql).query(Double.class).single();
    }
}
