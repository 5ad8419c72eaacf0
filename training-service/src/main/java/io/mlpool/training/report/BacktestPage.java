package io.mlpool.training.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code report.html} of a backtest: on one page that needs nothing from elsewhere and runs no script. */
public final class BacktestPage {

    private static final Logger LOG = LoggerFactory.getLogger(BacktestPage.class);

    private final Html html = new Html();

    private BacktestPage() {}

    /**
     * Writes the page.
     *
     * @param title what was asked for
     * @param judged all forecasts; those before and after calibration are the same
     */
    public static void write(ReportFolder folder, String title, BacktestResult result, Judged judged) {
        BacktestPage page = new BacktestPage();
        page.numbers(title, result);
        page.figures(result, judged);
        page.data(result);
        folder.write(ReportFolder.PAGE, page.html.document(title, ReportPage.style()));
    }

    private void numbers(String title, BacktestResult result) {
        html.text("h1", title);
        html.paragraph("quiet", BacktestTables.span(result));
        html.text("p", BacktestTables.verdict(result));
        html.text("h2", "Over the whole time").table(BacktestTables.horizons(result));
        html.paragraph(
                "quiet",
                "p is the probability of a difference so much in the models' favour, or more, between equally good forecasts (Diebold and Mariano). The forecasts are as the models say them: none is calibrated.");
        html.text("h2", "Model by model").table(BacktestTables.folds(result));
        html.paragraph(
                "quiet",
                "No model learned from a candle that closed when its first forecast was made, or later: outcomes included.");
    }

    private void figures(BacktestResult result, Judged judged) {
        html.text("h2", "Figures");
        figure(
                () -> PriceFan.draw(judged.forecasts()),
                "Of the black line, half should run within the darkest band and nine tenths within all of them. The median stays near the last price: what a forecast knows is mostly how wide the bands must be. Some weeks are an example, no measurement.");
        figure(
                () -> SkillPlot.draw(result.folds()),
                "Above zero a model was better than the random walk until the next one was made. Single points scatter; what counts is whether they stay above.");
        figure(
                () -> CalibrationPlot.drawUncalibrated(Errors.reliability(judged)),
                "On the diagonal the quantiles keep their word; where a bar reaches it, chance alone explains the distance. It says nothing about how wide the intervals are.");
    }

    /** A picture that cannot be drawn does not cost the numbers, also when the linker says so. */
    private void figure(Supplier<String> drawing, String caption) {
        try {
            html.figure(drawing.get(), caption);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A figure of a backtest could not be drawn: its page does without", e);
            html.paragraph("quiet", "A figure could not be drawn.");
        }
    }

    private void data(BacktestResult result) {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("Learned from", String.join(", ", result.data().assets()));
        terms.put("Until", result.data().watermark() + " (close of the newest candle, for outcomes)");
        new TreeMap<>(result.data().leftOut()).forEach((asset, why) -> terms.put("Left out: " + asset, why));
        terms.put("SHA-256", result.data().version());
        html.text("h2", "Data").list(terms);
    }
}
