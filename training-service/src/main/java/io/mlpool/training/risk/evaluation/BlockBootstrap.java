package io.mlpool.training.risk.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How far a figure could be off: stretches of time with all rows in them are drawn with replacement (Künsch 1989, "The jackknife and the
 * bootstrap for general stationary observations"), because rows of the same weeks share their losses. With few stretches the interval is
 * itself a guess, rather too narrow.
 */
final class BlockBootstrap {

    private static final int DRAWS = 1_000;
    private static final Duration LEAST_BLOCK = Duration.ofDays(28);

    private final List<int[]> blocks = new ArrayList<>();
    private final int rows;
    private final long seed;

    /** @param horizon stretches are at least twice as long, and four weeks */
    BlockBootstrap(List<Instant> times, Duration horizon, long seed) {
        this.rows = times.size();
        this.seed = seed;
        Duration block = horizon.multipliedBy(2).compareTo(LEAST_BLOCK) > 0 ? horizon.multipliedBy(2) : LEAST_BLOCK;
        TreeMap<Long, List<Integer>> byBlock = new TreeMap<>();
        Instant first = times.stream().min(Instant::compareTo).orElse(Instant.EPOCH);
        for (int i = 0; i < times.size(); i++) {
            long number = Duration.between(first, times.get(i)).toSeconds() / block.toSeconds();
            byBlock.computeIfAbsent(number, key -> new ArrayList<>()).add(i);
        }
        byBlock.values()
                .forEach(rows ->
                        blocks.add(rows.stream().mapToInt(Integer::intValue).toArray()));
    }

    int blocks() {
        return blocks.size();
    }

    /** The middle 95 % of a figure over draws, each told how many times each row is in it; null when it is seldom defined. */
    @Nullable Spread spread(ToDoubleFunction<int[]> figure) {
        Random random = new Random(seed);
        double[] found = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            found[draw] = figure.applyAsDouble(times(random));
        }
        double[] known = Arrays.stream(found).filter(Double::isFinite).sorted().toArray();
        return known.length < DRAWS / 2
                ? null
                : new Spread(known[(int) (0.025 * known.length)], known[(int) (0.975 * known.length)]);
    }

    private int[] times(Random random) {
        int[] times = new int[rows];
        for (int drawn = 0; drawn < blocks.size(); drawn++) {
            for (int row : blocks.get(random.nextInt(blocks.size()))) {
                times[row]++;
            }
        }
        return times;
    }
}
