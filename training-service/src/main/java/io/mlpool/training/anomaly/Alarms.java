package io.mlpool.training.anomaly;

import io.mlpool.anomaly.AlarmBudget;
import io.mlpool.anomaly.Disturbance;
import io.mlpool.anomaly.Threshold;
import io.mlpool.market.Interval;
import java.util.Arrays;
import java.util.List;

/** The scores of some candles, and what would be told of them at a threshold. */
final class Alarms {

    /** A share is halved so often that the last step is below what floats tell apart. */
    private static final int STEPS = 40;

    private static final double LEAST_TAIL = 1e-3;

    private final List<PointSet.Place> places;
    private final float[] scores;
    private final Interval interval;

    private Alarms(List<PointSet.Place> places, float[] scores, Interval interval) {
        this.places = places;
        this.scores = scores;
        this.interval = interval;
    }

    static Alarms of(Detector detector, PointSet slice, Interval interval) {
        List<PointSet.Place> places = slice.places();
        return new Alarms(places, detector.scores(places), interval);
    }

    int candles() {
        return scores.length;
    }

    float score(int i) {
        return scores[i];
    }

    List<PointSet.Place> places() {
        return places;
    }

    /** The lowest threshold at which no more is told than the budget allows. */
    double threshold(AlarmBudget budget) {
        double allowed = budget.share(interval) * scores.length;
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (told(middle).length > allowed) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The same with the tail above it. */
    Threshold calibrated(AlarmBudget budget) {
        double threshold = threshold(budget);
        double sum = 0;
        int count = 0;
        for (float score : scores) {
            if (score > threshold) {
                sum += score - threshold;
                count++;
            }
        }
        return new Threshold(threshold, Math.max(LEAST_TAIL, sum / Math.max(1, count)), budget.perWeek());
    }

    /** Positions of the candles that are told. */
    int[] told(double threshold) {
        int[] told = new int[scores.length];
        int count = 0;
        Disturbance last = Disturbance.NONE;
        for (int i = 0; i < scores.length; i++) {
            if (i > 0 && places.get(i).points() != places.get(i - 1).points()) {
                last = Disturbance.NONE;
            }
            PointSet.Place place = places.get(i);
            long close = place.points().closeTime(place.candle()).getEpochSecond();
            if (last.tells(scores[i], threshold, close, interval.seconds())) {
                last = new Disturbance(close, scores[i] - threshold);
                told[count++] = i;
            }
        }
        return Arrays.copyOf(told, count);
    }

    /** What is told over what the budget allows. */
    double ofBudget(double threshold, AlarmBudget budget) {
        return told(threshold).length / (budget.share(interval) * scores.length);
    }

    /** Told of each asset in a week. */
    double perWeek(double threshold) {
        double weeks = scores.length * (double) interval.seconds() / (7 * 24 * 3600);
        return told(threshold).length / weeks;
    }
}
