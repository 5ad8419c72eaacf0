package io.mlpool.serving.decay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Losses that are made up, so that it is known whether there is skill. */
class SkillLookTest {

    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> HORIZONS = List.of("1h", "4h", "24h");

    private final JdbcClient jdbc = TestDatabase.create().jdbc();
    private final SplittableRandom random = new SplittableRandom(11);
    private final SkillLook look =
            new SkillLook(jdbc, new DecayProperties(Duration.ofMinutes(1), Duration.ofDays(14), 0.01));

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ForecastManifest manifest;

    @BeforeEach
    void describe() {
        manifest = ForecastBundle.of(ConstantModel.bundle(folder.resolve("bundle"), "run"))
                .manifest();
    }

    @Test
    void modelThatLosesMoreThanTheNaiveForecastHasLostItsSkill() {
        outcomes(1, 14, 1.05);

        Look found = at(14);

        assertThat(found.state()).isEqualTo(Look.State.FOUND);
        assertThat(found.summary()).matches("over 33[0-9] times its loss is [45]\\.. % higher than the naive .*");
    }

    @Test
    void modelWithSkillOrAsGoodAsTheNaiveForecastHasNot() {
        outcomes(1, 14, 0.97);
        outcomes(2, 14, 1);

        assertThat(at(14).state()).isEqualTo(Look.State.NOT_FOUND);
        assertThat(look.at("price-1h", 2, manifest, FROM.plus(Duration.ofDays(14)))
                        .state())
                .isEqualTo(Look.State.NOT_FOUND);
    }

    @Test
    void fewerDaysThanSevenTellNothing() {
        outcomes(1, 6, 2);

        assertThat(at(6).state()).isEqualTo(Look.State.UNKNOWN);
    }

    @Test
    void whatWasBeforeTheSpanDoesNotCount() {
        outcomes(1, 6, 2);

        assertThat(at(20).state()).isEqualTo(Look.State.UNKNOWN);
    }

    @Test
    void aTimeAtWhichAHorizonIsMissingDoesNotCount() {
        outcomes(1, 14, 1.05);
        jdbc.sql("DELETE FROM forecast_outcome WHERE horizon = '24h' AND extract(hour FROM target_time) < 14")
                .update();

        assertThat(at(14).state()).isEqualTo(Look.State.UNKNOWN);
    }

    private Look at(int days) {
        return look.at("price-1h", 1, manifest, FROM.plus(Duration.ofDays(days)));
    }

    /** Two forecasts of each hour, whose losses differ from the naive ones by this factor and by luck. */
    private void outcomes(int version, int days, double factor) {
        int rows = 24 * days * HORIZONS.size();
        double[] naive = random.doubles(rows, 1, 2).toArray();
        double[] loss = IntStream.range(0, rows)
                .mapToDouble(row -> naive[row] * (factor + 0.1 * (random.nextDouble() - 0.5)))
                .toArray();
        jdbc.sql("""
                INSERT INTO forecast_outcome
                SELECT 'price-1h', :version, (:horizons::text[])[1 + n % 3], :from::timestamptz + (1 + n / 3) * interval '1 hour',
                  'champion', 'unknown', 2, '{1,1,1}', (:loss::float8[])[n + 1], (:naive::float8[])[n + 1], 1, 1, 1, 1, 1
                FROM generate_series(0, :rows - 1) n
                """)
                .param("version", version)
                .param("horizons", HORIZONS.toArray(String[]::new))
                .param("from", FROM.toString())
                .param("loss", loss)
                .param("naive", naive)
                .param("rows", rows)
                .update();
    }
}
