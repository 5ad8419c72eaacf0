package io.mlpool.standalone;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.RealBrowser;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/** MLflow's pages of an experiment and of a run, as the team sees them. */
final class MlflowPages {

    /** A blank card has two or three; the edges of a drawn line alone have more than this. */
    private static final long COLOURS_OF_A_PICTURE = 12;

    private static final List<String> PLOTS = List.of(
            "learning_curve", "calibration", "forecast_fan", "error_by_hour", "error_by_asset", "feature_importance");

    private final RealBrowser browser;
    private final String run;

    /** @param run the page that {@code GET /runs/ID} names */
    MlflowPages(RealBrowser browser, String run) {
        this.browser = browser;
        this.run = run;
    }

    void assertRunsAndFoldsAreListed() {
        open(run.replaceAll("/runs/.*\\?", "/runs?"));
        browser.awaitText("lstm 20");
        browser.awaitText("naive 20");
        browser.awaitText("candles-5m (");
        browser.awaitText("ML Pool");
        browser.click("button[data-component-id*='runnamecellrenderer']");
        browser.awaitText("fold-1");
    }

    void assertRunIsDescribed() {
        open(run);
        browser.awaitText("fold-1");
        browser.awaitText("Finished");
        browser.awaitText("price-5m");
        browser.awaitText("Model registered");
        browser.awaitText("Held-out slice");
        browser.awaitText("epoch/validation_loss");
        browser.awaitText("spec.seed");
    }

    void assertCurvesAreDrawn() {
        open(page("model-metrics"));
        browser.awaitText("validation_loss");
        browser.await(".js-plotly-plot .scatterlayer .point");
        assertThat(browser.texts(".js-plotly-plot .scatterlayer .point")).hasSizeGreaterThan(3);
        eventually(() -> assertThat(colours(browser.picture(".js-plotly-plot")))
                .as("colours of the first curve")
                .isGreaterThan(COLOURS_OF_A_PICTURE));
    }

    void assertPlotsAreShown() {
        PLOTS.forEach(plot -> {
            open(page("artifacts/report/%s.svg".formatted(plot)));
            String picture = "img[alt='report/%s.svg']".formatted(plot);
            eventually(() -> assertThat(colours(browser.picture(picture)))
                    .as("colours of %s", plot)
                    .isGreaterThan(COLOURS_OF_A_PICTURE));
        });
    }

    void assertReportIsShown() {
        open(page("artifacts/report/report.html"));
        browser.enter("iframe.mlflow-html-iframe");
        browser.awaitText("price-5m version 2");
    }

    private String page(String tab) {
        return run.replace("?", "/" + tab + "?");
    }

    /** A changed fragment alone loads nothing anew. */
    private void open(String page) {
        browser.open(URI.create("about:blank"));
        browser.open(URI.create(page));
    }

    private static long colours(BufferedImage picture) {
        return IntStream.range(0, picture.getWidth() * picture.getHeight())
                .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
                .distinct()
                .count();
    }
}
