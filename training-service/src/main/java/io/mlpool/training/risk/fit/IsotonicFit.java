package io.mlpool.training.risk.fit;

import io.mlpool.risk.Isotonic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits a never falling curve to events by pooling neighbours that fall (Ayer et al. 1955, "An empirical distribution function for sampling
 * with incomplete information"). Three things keep it from saying more than is known:
 *
 * <ul>
 *   <li>blocks hold a hundredth of the rows and at least 100;
 *   <li>where the rows at hand hold more losses than the rows that the model is for, or fewer, events are weighted to those (King and Zeng
 *       2001, "Logistic regression in rare events data");
 *   <li>rows of neighbouring days share their outcome, so each block is drawn to the base rate by as many rows as the horizon has days.
 * </ul>
 */
public final class IsotonicFit {

    private static final int LEAST_BLOCK = 100;

    private final double baseRate;
    private final double pull;

    /**
     * @param baseRate share of events among the rows that the model is for
     * @param days of the horizon
     */
    public IsotonicFit(double baseRate, int days) {
        this.baseRate = baseRate;
        this.pull = days;
    }

    private record Block(double from, double to, double events, double others, int rows) {

        double share() {
            return events / (events + others);
        }

        Block and(Block next) {
            return new Block(from, next.to, events + next.events, others + next.others, rows + next.rows);
        }
    }

    public Isotonic of(List<Double> margins, List<Boolean> events) {
        int leastBlock = Math.max(LEAST_BLOCK, margins.size() / 100);
        List<Block> blocks = new ArrayList<>();
        for (Block single : singles(margins, events)) {
            blocks.add(single);
            pool(blocks, leastBlock);
        }
        if (blocks.size() > 1 && blocks.getLast().rows() < leastBlock) {
            merge(blocks);
        }
        return curve(blocks);
    }

    /** One block for each distinct margin. */
    private List<Block> singles(List<Double> margins, List<Boolean> events) {
        double share = events.stream().filter(event -> event).count() / (double) events.size();
        double event = share == 0 ? 1 : baseRate / share;
        double other = share == 1 ? 1 : (1 - baseRate) / (1 - share);
        List<Block> singles = new ArrayList<>();
        IntStream.range(0, margins.size())
                .boxed()
                .sorted(Comparator.comparingDouble(margins::get))
                .forEach(i -> {
                    double margin = margins.get(i);
                    Block row = events.get(i)
                            ? new Block(margin, margin, event, 0, 1)
                            : new Block(margin, margin, 0, other, 1);
                    boolean repeats = !singles.isEmpty() && singles.getLast().to() == margin;
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

    private Isotonic curve(List<Block> blocks) {
        List<Double> margins = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        double before = 0;
        for (Block block : blocks) {
            double rows = block.events() + block.others();
            before = Math.max(before, (block.events() + pull * baseRate) / (rows + pull));
            add(margins, probabilities, block.from(), before);
            add(margins, probabilities, block.to(), before);
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
