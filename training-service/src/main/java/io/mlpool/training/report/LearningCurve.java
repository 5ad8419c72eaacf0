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

    private LearningCurve() {}

    /**
     * Draws the curves.
     *
     * @param epochs of each network, {@code fold-1} or {@code model}, in the order they are shown
     * @return empty when no network has epochs
     */
    static Optional<String> draw(SequencedMap<String, List<Epoch>> epochs) {
        Rows losses = new Rows("network", "epoch", "loss", "slice");
        Rows best = new Rows("network", "epoch", "loss");
        int position = 0;
        for (Map.Entry<String, List<Epoch>> network : epochs.entrySet()) {
            add(Plot.panel(position++, label(network.getKey())), network.getValue(), losses, best);
        }
        if (losses.isEmpty()) {
            return Optional.empty();
        }
        int columns = Math.min(epochs.size(), 4);
        int rows = (epochs.size() + columns - 1) / columns;
        Map<String, Object> mapping = Map.of("x", "epoch", "y", "loss", "color", "slice");
        return Optional.of(new Plot(
                        "Learning curve",
                        "Pinball loss of the scaled return after each epoch; the weights of the circled one were kept",
                        960,
                        140 + 230 * rows)
                .axes("Epoch", "Mean pinball loss")
                .layer("line", losses, mapping, Map.of("size", 1.1))
                .layer("point", losses, mapping, Map.of("size", 2.2))
                .layer(
                        "point",
                        best,
                        Map.of("x", "epoch", "y", "loss"),
                        Map.of("size", 6, "shape", 1, "color", Plot.VERMILION))
                .legend("color", List.of(TRAIN, VALIDATION), List.of(Plot.GREY, Plot.BLUE))
                .scale("x", Map.of("format", "d"))
                .facets(Map.of("name", "wrap", "facets", List.of("network"), "ncol", columns, "order", List.of(1)))
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
                .ifPresent(epoch -> best.add(network, epoch.number(), epoch.validationLoss()));
    }

    private static String label(String network) {
        return network.equals("model") ? "Final model" : network.replace("fold-", "Fold ");
    }
}
