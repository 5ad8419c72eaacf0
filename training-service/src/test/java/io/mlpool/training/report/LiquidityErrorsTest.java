package io.mlpool.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.MarketFactor;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import io.mlpool.model.Calibration;
import io.mlpool.training.TestCandles;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.Handmade;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether small coins are served worse. */
class LiquidityErrorsTest {

    private static final int WINDOWS = 48;
    private static final FeatureSchema SCHEMA = FeatureSchema.priceV1(Interval.ONE_HOUR, 1, List.of("coin-0"));

    @TempDir
    Path directory;

    @Test
    void aModelThatIsWorseOnSmallCoinsIsSeen() {
        WindowSet windows = windows(7);
        Forecasts model = Handmade.forecasts(windows, (i, horizon, level) -> small(windows.asset(i)) ? 1 : 0);
        Forecasts naive = Handmade.forecasts(windows, (i, horizon, level) -> 0.5);

        List<LiquidityErrors.Group> near =
                LiquidityErrors.of(judged(model, naive)).groups().subList(0, 3);

        assertThat(near).extracting(LiquidityErrors.Group::group).containsExactly("high", "middle", "low");
        assertThat(near)
                .extracting(LiquidityErrors.Group::assets)
                .as("as ntile(3) divides seven")
                .containsExactly(3, 2, 2);
        assertThat(near)
                .extracting(group -> group.losses().verdict())
                .containsExactly(LossPair.Verdict.LOWER, LossPair.Verdict.LOWER, LossPair.Verdict.HIGHER);
        assertThat(near.getFirst().skill()).isCloseTo(100, within(1e-6));
        assertThat(near.getLast().skill()).as("twice the loss").isCloseTo(-100, within(1e-6));
        assertThat(near.getLast().coverage()).containsEntry("80", 0.0);
        assertThat(near.getFirst().coverage()).containsEntry("80", 1.0);
        assertThat(near.getFirst().tradedFrom()).isCloseTo(24 * 1000 * 5, within(24 * 1000 * 0.1));
        assertThat(near.getFirst().tradedTo()).isCloseTo(24 * 1000 * 7, within(24 * 1000 * 0.1));
    }

    @Test
    void whatIsWrittenIsReadAndShown() {
        WindowSet windows = windows(2);
        Forecasts model = Handmade.forecasts(windows, (i, horizon, level) -> level);
        ReportFolder folder = new ReportFolder(directory);
        LiquidityErrors errors = LiquidityErrors.of(judged(model, model));

        errors.write(folder);

        assertThat(LiquidityErrors.read(folder)).hasValue(errors);
        assertThat(errors.table()).hasSize(1 + 2 * 2);
        assertThat(errors.table().get(1).cells()).startsWith("high", "1").endsWith("no difference seen");
        assertThat(LiquidityErrors.read(new ReportFolder(directory.resolve("old"))))
                .isEmpty();
    }

    private static boolean small(String asset) {
        return asset.compareTo(String.format(Locale.ROOT, "coin-%d", 2)) < 0;
    }

    private static Judged judged(Forecasts model, Forecasts naive) {
        return new Judged(model, Calibration.none(model.windows().shape()), model, naive);
    }

    /** Of coins that nothing happens to; of each one more is traded than of the one before. */
    private static WindowSet windows(int coins) {
        List<FeatureFrame> frames = new ArrayList<>();
        for (int coin = 0; coin < coins; coin++) {
            CandleSeries series = series("coin-" + coin, 1 + coin);
            frames.add(FeatureFrame.of(SCHEMA, series, MarketFactor.of(SCHEMA, List.of(series)))
                    .getFirst());
        }
        int[] frameOf = new int[coins * WINDOWS];
        int[] rowOf = new int[coins * WINDOWS];
        for (int i = 0; i < frameOf.length; i++) {
            frameOf[i] = i % coins;
            rowOf[i] = SCHEMA.windowBars() - 1 + i / coins;
        }
        return new WindowSet(SCHEMA, Handmade.SHAPE, frames, frameOf, rowOf, new float[2 * frameOf.length]);
    }

    private static CandleSeries series(String asset, double traded) {
        int bars = SCHEMA.windowBars() + WINDOWS;
        CandleSeries.Builder series = new CandleSeries.Builder(SeriesKey.usd(asset, Interval.ONE_HOUR), bars);
        for (int i = 0; i < bars; i++) {
            double price = i % 2 == 0 ? 1000 : 1000 * Math.exp(0.01);
            series.add(TestCandles.START.getEpochSecond() + 3600L * i, price, Volume.base(traded));
        }
        return series.build();
    }
}
