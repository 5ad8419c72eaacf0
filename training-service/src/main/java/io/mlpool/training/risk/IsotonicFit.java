package io.mlpool.training.risk;

import io.mlpool.risk.Isotonic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits a never falling curve to events by pooling neighbours that fall (Ayer et al. 1955, "An empirical distribution function for sampling
 * with incomplete information"). Blocks smaller than {@code leastBlock} rows are pooled too, so that no probability rests on a handful of
 * rows; nothing is ever said to be impossible or certain.
 */
final class IsotonicFit {

    private IsotonicFit() {}

    private record Block(double from, double to, double events, int rows) {

        double share() {
            return events / rows;
        }

        Block and(Block next) {
            return new Block(from, next.to, events + next.events, rows + next.rows);
        }
    }

    static Isotonic of(List<Double> margins, List<Boolean> events, int leastBlock) {
        List<Block> blocks = new ArrayList<>();
        for (Block single : single(margins, events)) {
            blocks.add(single);
            pool(blocks, leastBlock);
        }
        if (blocks.size() > 1 && blocks.getLast().rows() < leastBlock) {
            merge(blocks);
        }
        return curve(blocks, 0.5 / (margins.size() + 1));
    }

    /** One block for each distinct margin. */
    private static List<Block> single(List<Double> margins, List<Boolean> events) {
        List<Block> singles = new ArrayList<>();
        IntStream.range(0, margins.size())
                .boxed()
                .sorted(Comparator.comparingDouble(margins::get))
                .forEach(i -> {
                    Block row = new Block(margins.get(i), margins.get(i), events.get(i) ? 1 : 0, 1);
                    boolean repeats = !singles.isEmpty() && singles.getLast().to() == margins.get(i);
                    singles.add(repeats ? singles.removeLast().and(row) : row);
                });
        return singles;
    }

    private static void pool(List<Block> blocks, int leastBlock) {
        while (blocks.size() > 1) {
            Block last = blocks.getLast();
            Block before = blocks.get(blocks.size() - 2);
            if (before.rows() >= leastBlock && before.share() < last.share()) {
                return;
            }
            merge(blocks);
        }
    }

    private static void merge(List<Block> blocks) {
        Block last = blocks.removeLast();
        blocks.add(blocks.removeLast().and(last));
    }

    private static Isotonic curve(List<Block> blocks, double least) {
        List<Double> margins = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        for (Block block : blocks) {
            double probability = Math.clamp(block.share(), least, 1 - least);
            add(margins, probabilities, block.from(), probability);
            add(margins, probabilities, block.to(), probability);
        }
        return new Isotonic(margins, probabilities);
    }

    private static void add(List<Double> margins, List<Double> probabilities, double margin, double probability) {
        if (margins.isEmpty() || margin > margins.getLast()) {
            margins.add(margin);
            probabilities.add(probability);
        }
    }
}
