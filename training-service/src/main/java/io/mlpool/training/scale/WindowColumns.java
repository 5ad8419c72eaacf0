package io.mlpool.training.scale;

import io.mlpool.features.FeatureSchema;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.network.onnx.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A window as one row: every feature of its newest step, and how strong some of them were over the last steps, as the mean of
 * their sizes. A tree may split exactly at such a mean, so here and in the graph it must be the same to the last bit on every machine:
 * it is summed by halves, newer half on older, until one number is left.
 */
public final class WindowColumns {

    /** Features whose size over the last steps tells more than their newest value. */
    private static final List<String> SUMMARISED = List.of("return_1", "leader_return_1", "turnover_change_1");

    /** Steps that are looked back, powers of two; those that are longer than a window are left out. */
    private static final int[] SPANS = {4, 16, 64};

    private final int steps;
    private final int width;
    private final int[] summarised;
    private final int[] spans;

    /** The rows of windows with these features. */
    public WindowColumns(FeatureSchema features) {
        this.steps = features.steps();
        this.width = features.width();
        this.summarised = SUMMARISED.stream()
                .mapToInt(features.names()::indexOf)
                .filter(i -> i >= 0)
                .toArray();
        this.spans = Arrays.stream(SPANS).filter(span -> span <= steps).toArray();
    }

    /** Numbers in a row. */
    public int count() {
        return width + summarised.length * spans.length;
    }

    /** Features of a step. */
    public int features() {
        return width;
    }

    /** Position of the feature that a column of a row is of. */
    public int feature(int column) {
        return column < width ? column : summarised[(column - width) % summarised.length];
    }

    /** Positions of the features that are summarised, in the order of their columns. */
    public List<Integer> summarised() {
        return Arrays.stream(summarised).boxed().toList();
    }

    /** Numbers in a window. */
    public int windowSize() {
        return steps * width;
    }

    /** Rows of the windows at these positions, {@code [positions x count]}. */
    public float[] rows(WindowSet windows, int[] positions) {
        float[] rows = new float[Math.multiplyExact(positions.length, count())];
        float[] window = new float[windowSize()];
        for (int i = 0; i < positions.length; i++) {
            windows.copyWindow(positions[i], window, 0);
            copyRow(window, 0, rows, i * count());
        }
        return rows;
    }

    /** Rows of so many windows that lie one after the other. */
    public float[] rows(float[] windows, int count) {
        float[] rows = new float[count * count()];
        for (int i = 0; i < count; i++) {
            copyRow(windows, i * windowSize(), rows, i * count());
        }
        return rows;
    }

    /** Writes the row of the window that begins at {@code from}. */
    public void copyRow(float[] windows, int from, float[] rows, int to) {
        System.arraycopy(windows, from + (steps - 1) * width, rows, to, width);
        int column = to + width;
        for (int span : spans) {
            for (int feature : summarised) {
                rows[column++] = meanSize(windows, from + feature, span);
            }
        }
    }

    private float meanSize(float[] windows, int first, int span) {
        float[] sizes = new float[span];
        for (int i = 0; i < span; i++) {
            sizes[i] = Math.abs(windows[first + (steps - span + i) * width]);
        }
        for (int half = span / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sizes[i] += sizes[i + half];
            }
        }
        return sizes[0] * (1f / span);
    }

    /** The same in a graph: {@code [N, steps, width]} becomes {@code [N, count]}. */
    public String in(Graph graph) {
        List<String> parts = new ArrayList<>();
        parts.add(graph.operator("Squeeze")
                .on(slice(graph, Graph.WINDOW, steps - 1L, steps), graph.integers(1))
                .output());
        if (summarised.length > 0) {
            String chosen = graph.operator("Gather")
                    .on(
                            Graph.WINDOW,
                            graph.integers(
                                    Arrays.stream(summarised).asLongStream().toArray()))
                    .with("axis", 2)
                    .output();
            String sizes = graph.operator("Abs").on(chosen).output();
            for (int span : spans) {
                parts.add(meanSizes(graph, sizes, span));
            }
        }
        return graph.operator("Concat")
                .on(parts.toArray(String[]::new))
                .with("axis", 1)
                .output();
    }

    private String meanSizes(Graph graph, String sizes, int span) {
        String sums = slice(graph, sizes, steps - span, steps);
        for (int half = span / 2; half > 0; half /= 2) {
            sums = graph.operator("Add")
                    .on(slice(graph, sums, 0, half), slice(graph, sums, half, 2L * half))
                    .output();
        }
        String mean = graph.operator("Mul")
                .on(sums, graph.constant(new float[] {1f / span}, 1))
                .output();
        return graph.operator("Squeeze").on(mean, graph.integers(1)).output();
    }

    private static String slice(Graph graph, String tensor, long from, long to) {
        return graph.operator("Slice")
                .on(tensor, graph.integers(from), graph.integers(to), graph.integers(1))
                .output();
    }
}
