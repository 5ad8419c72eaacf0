package io.mlpool.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.features.FeatureSchema;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.Calibration;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.Horizon;
import io.mlpool.model.Provenance;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.AsymmetricCost;
import io.mlpool.training.evaluation.CalibrationReport;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.evaluation.Handmade;
import io.mlpool.training.evaluation.StepErrors;
import io.mlpool.training.naive.RandomWalk;
import io.mlpool.training.promotion.PromotionDecision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {

    private static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    Path directory;

    @Test
    void thePageSaysWhatTheModelIsHowGoodItIsAndWhereItComesFrom() {
        String page = page("Not promoted: its loss is higher.", "x");

        assertThat(Xml.of(page).texts("h1")).containsExactly("price-1h version 3");
        assertThat(Xml.of(page).texts("p")).contains("Not promoted: its loss is higher.");
        assertThat(Xml.of(page).texts("th")).contains("wQL", "1h", "4h", "skill against the last price");
        assertThat(Xml.of(page).texts("dd"))
                .contains("12,345 of 1h", "a".repeat(64), "run-1", "4711", "25.0.1", "64", "2: bitcoin, ethereum")
                .contains("quantiles moved by 50 % of their errors on the folds");
    }

    @Test
    void thePageIsWellFormedAndNeedsNothingFromElsewhere() {
        String page = page("Promoted.", "x");

        Xml.assertSelfContained(page);
        assertThat(Xml.of(page).texts("figcaption")).hasSize(1);
        assertThat(Xml.of(page).values("viewBox")).containsExactly("0 0 10 10");
        assertThat(page).contains("prefers-color-scheme: dark", "width=device-width");
    }

    @Test
    void aFigureThatIsNotThereIsNamed() {
        assertThat(Xml.of(page("Promoted.", "x")).texts("p"))
                .contains("There is no forecast_fan.svg of this run.")
                .doesNotContain("There is no calibration.svg of this run.");
    }

    @Test
    void whateverComesFromOutsideIsEscaped() {
        String attack = "<script>alert('&\"')</script>";

        String page = page(attack, attack);

        Xml.assertSelfContained(page);
        assertThat(Xml.of(page).texts("p")).contains(attack);
        assertThat(Xml.of(page).texts("dt")).contains(attack, "Left out: " + attack);
        assertThat(Xml.of(page).texts("dd")).contains(attack);
    }

    private String page(String reason, String outside) {
        ReportFolder folder = new ReportFolder(directory);
        folder.write("calibration.svg", "<svg viewBox=\"0 0 10 10\"></svg>");
        ReportPage.write(folder, findings(reason, outside));
        return folder.read(ReportFolder.PAGE).orElseThrow();
    }

    private static Findings findings(String reason, String outside) {
        WindowSet windows = Handmade.windows(50, (window, horizon) -> window % 3 - 1);
        Evaluation evaluation = Evaluation.of(
                Handmade.forecasts(windows, (window, horizon, level) -> level),
                RandomWalk.fit(windows),
                StepErrors.of(windows),
                new AsymmetricCost(2, 1));
        DatasetSnapshot data = new DatasetSnapshot(
                "a".repeat(64),
                Interval.ONE_HOUR,
                "usd",
                List.of("bitcoin", "ethereum"),
                List.of("bitcoin"),
                Map.of(outside, outside),
                THEN,
                12_345);
        ForecastManifest manifest = new ForecastManifest(
                BundleHeader.FORMAT,
                "price-1h",
                Algorithm.LSTM,
                FeatureSchema.priceV1(Interval.ONE_HOUR, 1, List.of("bitcoin")),
                Handmade.SHAPE,
                Calibration.none(Handmade.SHAPE),
                new Provenance(
                        "run-1",
                        THEN,
                        data.version(),
                        THEN,
                        4711,
                        null,
                        Map.of("hidden", "64", outside, outside),
                        Map.of("java", "25.0.1")),
                Map.of(),
                null,
                null);
        return new Findings(
                manifest,
                3,
                data,
                evaluation,
                List.of(new CalibrationReport.Choice(Horizon.of("1h"), 0.5, 2, 1)),
                PromotionDecision.refused(reason, 2, 0.05),
                Map.of("folds", "3"));
    }
}
