package io.mlpool.training.risk.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How well scores put rows with the event before those without. Equal scores count half. */
final class Ranking {

    private final double[] scores;
    private final boolean[] events;
    private final Integer[] highestFirst;
    private final int eventCount;

    Ranking(double[] scores, boolean[] events) {
        this.scores = scores;
        this.events = events;
        this.highestFirst = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .toArray(Integer[]::new);
        this.eventCount =
                (int) IntStream.range(0, events.length).filter(i -> events[i]).count();
    }

    /** Probability that a row with the event has a higher score than one without (area under the ROC curve); NaN without both. */
    double rocArea() {
        int[] once = new int[scores.length];
        Arrays.fill(once, 1);
        return rocArea(once);
    }

    /** The same where each row counts some times, or not at all. */
    double rocArea(int[] times) {
        double pairs = 0;
        double above = 0;
        double others = 0;
        for (int i = 0; i < scores.length; ) {
            int end = tie(i);
            double hits = 0;
            double misses = 0;
            for (int k = i; k < end; k++) {
                int row = highestFirst[k];
                hits += events[row] ? times[row] : 0;
                misses += events[row] ? 0 : times[row];
            }
            pairs += misses * (above + hits / 2);
            above += hits;
            others += misses;
            i = end;
        }
        return above == 0 || others == 0 ? Double.NaN : pairs / (above * others);
    }

    /** Average precision: the area under precision against recall, the base rate by chance; rows of equal scores together. */
    double precisionArea() {
        double area = 0;
        double found = 0;
        for (int i = 0; i < scores.length; ) {
            int end = tie(i);
            int hits = hits(i, end);
            found += hits;
            area += hits * found / end;
            i = end;
        }
        return eventCount == 0 ? Double.NaN : area / eventCount;
    }

    /** Share of events among the highest scores against the share among all; equal scores at the edge count by their mean. */
    double lift(double share) {
        double wanted = share * scores.length;
        double found = 0;
        for (int i = 0; i < wanted; ) {
            int end = tie(i);
            found += hits(i, end) * Math.min(1, (wanted - i) / (end - i));
            i = end;
        }
        return found / (share * eventCount);
    }

    private int tie(int from) {
        int end = from + 1;
        while (end < scores.length && scores[highestFirst[end]] == scores[highestFirst[from]]) {
            end++;
        }
        return end;
    }

    private int hits(int from, int to) {
        int hits = 0;
        for (int i = from; i < to; i++) {
            hits += events[highestFirst[i]] ? 1 : 0;
        }
        return hits;
    }
}
