package io.mlpool.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.drift.Drift;
import io.mlpool.drift.DriftReference;
import io.mlpool.drift.Tally;
import io.mlpool.features.FeatureSchema;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.model.Calibration;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Horizon;
import io.mlpool.model.WatchedValues;
import io.mlpool.training.RecordedCandles;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.RandomWalk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How often real weeks are called drifting: references of two years, and each week of the year after. Needs a folder of hourly candles, files
 * {@code BTCUSDT-1h.csv.gz} with columns timestamp, open, high, low, close, volume; prints what docs/monitoring.md tells.
 */
@EnabledIfSystemProperty(named = "drift.candles", matches = ".+")
class DriftStudyTest {

    private static final FeatureSchema SCHEMA = FeatureSchema.price(Interval.ONE_HOUR, 4, List.of("bitcoin"));
    private static final ForecastShape SHAPE =
            new ForecastShape(List.of(Horizon.of("1h")), ForecastShape.DEFAULT_LEVELS);
    private static final WatchedValues WATCHED = new WatchedValues(SCHEMA, SHAPE);

    private static final DatasetSnapshot SNAPSHOT = new DatasetSnapshot(
            "0".repeat(64),
            Interval.ONE_HOUR,
            SeriesKey.USD,
            List.of("bitcoin", "ethereum", "bnb", "ada", "ltc", "xrp"),
            SCHEMA.market(),
            Map.of(),
            Instant.parse("2024-01-01T00:00:00Z"),
            1);

    @Test
    void realWeeks() throws IOException {
        WindowSet windows = windows();
        for (int year = 2021; year <= 2023; year++) {
            Instant end = Instant.parse(year + "-01-01T00:00:00Z");
            WindowSet train = windows.between(end.minus(Duration.ofDays(730)), end);
            RandomWalk naive = RandomWalk.fit(train);
            DriftReference reference =
                    Objects.requireNonNull(DriftReferences.of(train, naive, Calibration.none(SHAPE), 1));
            int drifting = 0;
            int large = 0;
            int weeks = 0;
            long unusual = 0;
            long rows = 0;
            for (int week = 0; week < 51; week++) {
                Instant from = end.plus(Duration.ofDays(7L * week));
                WindowSet of = windows.between(from, from.plus(Duration.ofDays(7)));
                Drift drift = drift(reference, naive, of);
                weeks++;
                drifting += drift.drifting().isEmpty() ? 0 : 1;
                large += drift.columns().stream().anyMatch(Drift.Finding::isLarge) ? 1 : 0;
                rows += of.size();
                for (int i = 0; i < of.size(); i++) {
                    unusual += reference.unusual(features(of, i)).isEmpty() ? 0 : 1;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d: %d of %d weeks drift, %d have a large difference; %.2f %% of the inputs are unlike all others%n",
                    year,
                    drifting,
                    weeks,
                    large,
                    100.0 * unusual / rows);
            assertThat(drifting).isLessThan(weeks / 2);
        }
    }

    private static Drift drift(DriftReference reference, RandomWalk naive, WindowSet week) {
        double[] forecast = WATCHED.forecast(Calibration.none(SHAPE), naive.quantiles(), 0);
        Tally tally = reference.tally();
        Set<Instant> times = new HashSet<>();
        for (int i = 0; i < week.size(); i++) {
            double[] features = features(week, i);
            double[] row = Arrays.copyOf(features, features.length + forecast.length);
            System.arraycopy(forecast, 0, row, features.length, forecast.length);
            tally.add(row);
            times.add(week.asOf(i));
        }
        return Drift.of(reference, tally, times.size());
    }

    private static double[] features(WindowSet windows, int i) {
        float[] bar = new float[SCHEMA.width()];
        windows.copyNewest(i, bar);
        return WATCHED.features(bar, 0);
    }

    private static WindowSet windows() throws IOException {
        List<CandleSeries> series = new ArrayList<>();
        for (String coin : List.of("BTC", "ETH", "BNB", "ADA", "LTC", "XRP")) {
            series.add(RecordedCandles.read(
                    Path.of(Objects.requireNonNull(System.getProperty("drift.candles"))),
                    coin,
                    Instant.parse("2019-01-01T00:00:00Z")));
        }
        return new Dataset(SNAPSHOT, series).windows(SCHEMA, SHAPE);
    }
}
