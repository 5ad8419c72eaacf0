package io.mlpool.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.model.Calibration;
import io.mlpool.model.FeatureImportance;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import io.mlpool.training.Assignment.Epoch;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.Handmade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {

    private static final int WINDOWS = 240;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    private ReportFolder folder;

    @BeforeEach
    void draw() {
        folder = new ReportFolder(directory);
        new Figures(folder, JSON).draw(epochs(), judged(), importance());
    }

    @Test
    void everyFigureIsAPictureThatNeedsNothingElse() {
        assertThat(folder.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "calibration.svg",
                        "error_by_asset.svg",
                        "error_by_hour.svg",
                        "error_by_liquidity.json",
                        "errors.json",
                        "feature_importance.svg",
                        "forecast_fan.svg",
                        "learning_curve.svg");
        assertThat(folder.files())
                .filteredOn(file -> file.toString().endsWith(".svg"))
                .allSatisfy(file -> {
                    String svg = Files.readString(file);
                    Xml.assertSelfContained(svg);
                    assertThat(Xml.of(svg).values("viewBox")).isNotEmpty();
                    assertThat(Xml.of(svg).values("aria-label")).hasSize(1);
                });
    }

    @Test
    void theLearningCurveShowsEachEpochOfEachNetworkAndTheOneThatWasKept() {
        Xml curve = picture("learning_curve.svg");

        assertThat(curve.texts("text"))
                .contains("Fold 1", "Final model", "Epoch", "Mean pinball loss", "train", "validation");
        assertThat(curve.count("circle"))
                .as("a point for each loss of 2 networks with 3 epochs, a ring for the best one of each, the legend's")
                .isGreaterThanOrEqualTo(2 * 3 * 2 + 2);
    }

    @Test
    void theCalibrationPlotShowsEachHorizonAgainstTheDiagonal() {
        Xml plot = picture("calibration.svg");

        assertThat(plot.texts("text"))
                .contains(
                        "1h ahead",
                        "4h ahead",
                        "Observed, %",
                        "Observed - nominal, points",
                        "before calibration",
                        "naive forecast");
        assertThat(plot.values("stroke-dasharray"))
                .as("a diagonal in each panel")
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(plot.count("circle")).as("levels as served").isGreaterThanOrEqualTo(2 * 7);
    }

    @Test
    void theFanShowsThreeIntervalsTheMedianAndWhatHappenedAtEachHorizon() {
        Xml fan = picture("forecast_fan.svg");

        assertThat(fan.texts("text"))
                .contains(
                        "bitcoin",
                        "1h ahead",
                        "4h ahead",
                        "90 %",
                        "80 %",
                        "50 %",
                        "median forecast",
                        "what happened",
                        "Change over the horizon, %",
                        "Time of the outcome (UTC)");
        assertThat(fan.values("d").stream().filter(path -> path.length() > 1000))
                .as("three bands and two lines through 168 times in each of two panels")
                .hasSizeGreaterThanOrEqualTo(2 * (3 + 2));
    }

    @Test
    void errorsAreShownBesideTheNaiveForecasts() {
        assertThat(picture("error_by_hour.svg").texts("text"))
                .contains("Hour of the day (UTC)", "naive forecast", "1h ahead", "18");
        assertThat(picture("error_by_hour.svg").count("circle")).isGreaterThanOrEqualTo(2 * 24);
        assertThat(picture("error_by_asset.svg").texts("text"))
                .contains("bitcoin", "naive forecast", "Mean pinball loss of the scaled return");
    }

    @Test
    void importanceNamesEachFeatureAndFamily() {
        assertThat(picture("feature_importance.svg").texts("text"))
                .contains("return_168", "market_return_24", "macd", "Rise of the mean pinball loss, %")
                .contains("return_*", "volatility_*", "family, exchanged together")
                .doesNotContain("rsi_*");
    }

    @Test
    void drawnAgainTheFilesAreTheSameToTheLastByte() throws IOException {
        Path other = directory.resolve("other");
        new Figures(new ReportFolder(other), JSON).draw(epochs(), judged(), importance());

        for (Path file : folder.files()) {
            assertThat(other.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void idsOfTwoFiguresOnAPageDiffer() {
        List<String> ids = picture("calibration.svg").values("id");

        assertThat(ids).isNotEmpty().allMatch(id -> id.startsWith("calibration-"));
        assertThat(picture("forecast_fan.svg").values("id")).doesNotContainAnyElementsOf(ids);
    }

    @Test
    void aModelWithoutEpochsHasNoLearningCurve(@TempDir Path naive) {
        ReportFolder other = new ReportFolder(naive);
        new Figures(other, JSON).draw(new LinkedHashMap<>(), judged(), importance());

        assertThat(other.find("learning_curve.svg")).isEmpty();
        assertThat(other.find("forecast_fan.svg")).isPresent();
    }

    @Test
    void aNameThatLeadsOutOfTheFolderFindsNothing() throws IOException {
        Files.writeString(directory.resolveSibling("secret.json"), "{}");
        Files.writeString(directory.resolve("half.svg.next"), "<svg");

        assertThat(folder.find("../secret.json")).isEmpty();
        assertThat(folder.find("..")).isEmpty();
        assertThat(folder.find("half.svg.next")).isEmpty();
        assertThat(folder.files()).noneMatch(file -> file.toString().endsWith(".next"));
        Files.delete(directory.resolveSibling("secret.json"));
    }

    private Xml picture(String name) {
        return Xml.of(folder.read(name).orElseThrow());
    }

    private static Judged judged() {
        WindowSet windows = Handmade.windows(WINDOWS, (window, horizon) -> Math.sin(window));
        Forecasts model = Handmade.forecasts(windows, (window, horizon, level) -> 2 * level - 1 + window * 1e-3);
        Forecasts naive = Handmade.forecasts(windows, (window, horizon, level) -> 3 * level - 1.5);
        return new Judged(model, Calibration.none(windows.shape()), model, naive);
    }

    private static Optional<FeatureImportance> importance() {
        Judged judged = judged();
        return Optional.of(Permutation.measure(new Flat(), judged.calibration(), judged.windows(), WINDOWS, 2, 1));
    }

    private static SequencedMap<String, List<Epoch>> epochs() {
        SequencedMap<String, List<Epoch>> epochs = new LinkedHashMap<>();
        for (String network : List.of("fold-1", "model")) {
            epochs.put(
                    network,
                    List.of(
                            new Epoch(1, 9, 0.5, 0.6, true, 100),
                            new Epoch(2, 9, 0.4, 0.5, true, 100),
                            new Epoch(3, 9, 0.3, 0.55, false, 100)));
        }
        return epochs;
    }

    /** Always says the same. */
    private static final class Flat implements Forecaster {

        @Override
        public ForecastShape shape() {
            return Handmade.SHAPE;
        }

        @Override
        public float[] forecast(float[] windows, int count) {
            float[] answers = new float[count * Handmade.SHAPE.size()];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = i % Handmade.SHAPE.levels().size() - 3;
            }
            return answers;
        }
    }
}
