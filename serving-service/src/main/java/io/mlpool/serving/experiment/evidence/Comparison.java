package io.mlpool.serving.experiment.evidence;

import io.mlpool.model.Horizon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the arms compare by the complete blocks of time. A block gives one number, the mean over the horizons of the log ratio of losses;
 * blocks are at least as long as the longest horizon, so that what neighbours share is little and known.
 */
public final class Comparison {

    private final List<List<Stretch>> blocks;
    private final double horizonsOfABlock;
    private final double alpha;

    /**
     * Over these stretches.
     *
     * @param horizons those that are compared: a block that lacks one of them does not count
     * @param horizonsOfABlock how many of the longest horizons a block is long, at least 1
     * @param alpha probability of ever being wrong
     */
    public Comparison(
            Collection<Stretch> stretches, Collection<Horizon> horizons, double horizonsOfABlock, double alpha) {
        SortedMap<Integer, List<Stretch>> byBlock = stretches.stream()
                .filter(Stretch::counts)
                .collect(Collectors.groupingBy(Stretch::block, TreeMap::new, Collectors.toList()));
        byBlock.values().removeIf(block -> block.size() < horizons.size());
        this.blocks = List.copyOf(byBlock.values());
        this.horizonsOfABlock = horizonsOfABlock;
        this.alpha = alpha;
    }

    /**
     * The estimate as it was after a block.
     *
     * @param block number of the block
     */
    public record Step(int block, Estimate logRatio) {}

    /** Log ratio of the challenger's loss to the control's: below 0 the challenger is better. */
    public Estimate logRatio() {
        return estimate(logRatios());
    }

    /** The same after each block, in their order; the last one is {@link #logRatio()}. */
    public List<Step> course() {
        double[] all = logRatios();
        List<Step> steps = new ArrayList<>();
        for (int n = 1; n <= all.length; n++) {
            double[] known = Arrays.copyOf(all, n);
            steps.add(new Step(blocks.get(n - 1).getFirst().block(), estimate(known)));
        }
        return steps;
    }

    /** The same of each horizon alone; of several intervals one is wrong more often than of one. */
    public Map<Horizon, Estimate> logRatioByHorizon() {
        Map<Horizon, List<Stretch>> byHorizon = blocks.stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Stretch::horizon, TreeMap::new, Collectors.toList()));
        Map<Horizon, Estimate> estimates = new TreeMap<>();
        byHorizon.forEach((horizon, stretches) -> estimates.put(
                horizon,
                estimate(stretches.stream().mapToDouble(Stretch::logRatio).toArray())));
        return estimates;
    }

    /** Share of the challenger's outcomes between its quantiles 0.1 and 0.9, mean over horizons and blocks; of nothing where it has no such quantiles. */
    public Estimate coverage() {
        return estimate(blocks.stream()
                .filter(block -> block.stream().allMatch(one -> one.challenger().covered() != null))
                .mapToDouble(block -> block.stream()
                        .mapToDouble(one ->
                                (double) Objects.requireNonNull(one.challenger().covered()) / one.pairs())
                        .average()
                        .orElseThrow())
                .toArray());
    }

    private double[] logRatios() {
        return blocks.stream()
                .mapToDouble(block ->
                        block.stream().mapToDouble(Stretch::logRatio).average().orElseThrow())
                .toArray();
    }

    private Estimate estimate(double[] values) {
        double inflation = Math.max(Dependence.ofOverlap(horizonsOfABlock), Dependence.observed(values));
        return ConfidenceSequence.of(values, inflation, alpha);
    }
}
