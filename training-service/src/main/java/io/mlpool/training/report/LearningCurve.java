package io.mlpool.training.report;

import io.mlpool.training.Assignment.Epoch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Loss of each network of a run by epoch, and the epoch whose weights were kept. */
final class LearningCurve {

    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";
    private static final String BEST = "kept: lowest validation loss";

    private LearningCurve() {}

    /**
     * Draws the curves.
     *
     * @param epochs of each network, {@code fold-1} or {@code model}, in the order they are shown
     * @return empty when no network has epochs
     */
    static Optional<String> draw(SequencedMap<String, List<Epoch>> epochs) {
        Rows losses = new Rows("network", "epoch", "loss", "slice");
        Rows best = new Rows("network", "epoch", "loss", "slice");
        epochs.forEach((network, list) -> add(label(network), list, losses, best));
        if (losses.isEmpty()) {
            return Optional.empty();
        }
        int columns = Math.min(epochs.size(), 3);
        int rows = (epochs.size() + columns - 1) / columns;
        Map<String, Object> mapping = Map.of("x", "epoch", "y", "loss", "color", "slice");
        return Optional.of(new Plot(
                        "Learning curve",
                        "Pinball loss of the scaled return after each epoch; networks see different stretches of time",
                        960,
                        140 + 230 * rows)
                .axes("Epoch", "Mean pinball loss")
                .layer("line", losses, mapping, Map.of("size", 1.1))
                .layer("point", losses, mapping, Map.of("size", 2.2))
                .layer("point", best, mapping, Map.of("size", 5, "shape", 1, "stroke", 1.6))
                .legend("color", List.of(TRAIN, VALIDATION, BEST), List.of(Plot.GREY, Plot.BLUE, Plot.VERMILION))
                .scale("x", Map.of("format", "d"))
                .facets(Map.of("name", "wrap", "facets", List.of("network"), "ncol", columns, "order", List.of(0)))
                .svg("learning-curve"));
    }

    private static void add(String network, List<Epoch> epochs, Rows losses, Rows best) {
        for (Epoch epoch : epochs) {
            losses.add(network, epoch.number(), epoch.trainLoss(), TRAIN);
            losses.add(network, epoch.number(), epoch.validationLoss(), VALIDATION);
        }
        epochs.stream()
                .filter(Epoch::best)
                .reduce((earlier, later) -> later)
                .ifPresent(epoch -> best.add(network, epoch.number(), epoch.validationLoss(), BEST));
    }

    private static String label(String network) {
        return network.equals("model") ? "Final model" : network.replace("fold-", "Fold ");
    }
}
