package io.mlpool.training.run;

import io.mlpool.training.evaluation.DirectionalAccuracy;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.promotion.PromotionDecision;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows a run on a terminal as one bar that grows with each epoch; where the stream is no terminal, as a line for each event.
 * Give it the events of {@link Trainings#follow}.
 */
public final class ProgressBar {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal;
    private int shown;

    /**
     * A bar on a stream.
     *
     * @param terminal whether the stream understands a carriage return: {@code System.console() != null}
     */
    public ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows an event. */
    public void show(RecordedEvent recorded) {
        switch (recorded.event()) {
            case RunEvent.Stage stage -> line(stage.message());
            case RunEvent.Snapshot taken ->
                line(String.format(
                        Locale.ROOT,
                        "%,d candles of %d %s until %s, version %.12s",
                        taken.snapshot().rows(),
                        taken.snapshot().assets().size(),
                        taken.snapshot().assets().size() == 1 ? "asset" : "assets",
                        taken.snapshot().watermark(),
                        taken.snapshot().version()));
            case RunEvent.EpochFinished epoch -> epoch(epoch);
            case RunEvent.Described _, RunEvent.FoldJudged _ -> {
                // For comparisons between runs; nothing to watch.
            }
            case RunEvent.Tried tried ->
                line(String.format(
                        Locale.ROOT,
                        "Skill %+.2f %% against the random walk, mean of %d %s",
                        tried.score().skill(),
                        tried.score().folds(),
                        tried.score().folds() == 1 ? "fold" : "folds"));
            case RunEvent.Evaluated evaluated ->
                evaluated
                        .evaluation()
                        .horizons()
                        .forEach(score -> line(String.format(
                                Locale.ROOT,
                                "%4s  skill %+.2f %% against the random walk (positive is better), 80 %% interval covers %.1f %%, direction %s",
                                score.horizon(),
                                score.skillVsNaive(),
                                100 * score.coverage().getOrDefault("80", Double.NaN),
                                direction(score.direction()))));
            case RunEvent.Decided decided -> line(sentence(decided.decision(), decided.version()));
            case RunEvent.StateChanged changed ->
                line(
                        changed.error() == null
                                ? "Training %s".formatted(changed.state())
                                : "Training %s: %s".formatted(changed.state(), changed.error()));
        }
    }

    private static String direction(DirectionalAccuracy direction) {
        return direction.saysNothing()
                ? "not foretold"
                : String.format(Locale.ROOT, "right %.1f %%", 100 * direction.accuracy());
    }

    private void epoch(RunEvent.EpochFinished event) {
        double share = (event.number()
                        - 1
                        + (double) event.epoch().number() / event.epoch().of())
                / event.parts();
        String text = String.format(
                Locale.ROOT,
                "%-7s epoch %2d of %d  loss %.5f%s  %,.0f windows/s",
                event.part(),
                event.epoch().number(),
                event.epoch().of(),
                event.epoch().validationLoss(),
                event.epoch().best() ? "*" : " ",
                event.epoch().windowsPerSecond());
        if (terminal) {
            int filled = (int) (share * WIDTH);
            String bar =
                    "[%s%s] %3.0f %%  %s".formatted("=".repeat(filled), " ".repeat(WIDTH - filled), 100 * share, text);
            out.print("\r" + bar + " ".repeat(Math.max(0, shown - bar.length())));
            shown = bar.length();
            out.flush();
        } else {
            out.println(text);
        }
    }

    private void line(String text) {
        if (terminal && shown > 0) {
            out.println();
            shown = 0;
        }
        out.println(text);
    }

    private static String sentence(PromotionDecision decision, int version) {
        return "Version %d. %s".formatted(version, decision.reason());
    }
}
