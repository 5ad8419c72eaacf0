package io.mlpool.serving.anomaly;

/**
 * Decides which scores are told, so that over the years as many are as the budget allows. The threshold follows the tail of the
 * scores by itself. A disturbance is told when it begins; again when it becomes twice as bad as was told last, or half as bad after
 * some calm. It is over when a few scores in a row were below the threshold, and the next one is told then however soon it comes.
 * Of its scores only the first counts for the tail, so that one disturbance does not hide the next; one that does not end is how
 * things are now, and does count. Not for several threads.
 */
final class Alarms {

    /** After so many scores a disturbance is how things are now. */
    private static final int LONGEST = 48;

    private static final double LEAST_GRADE = 1e-6;

    private final AlarmSettings settings;
    private final Tail tail;
    private State state = State.CALM;

    /** Without any scores. */
    Alarms(AlarmSettings settings) {
        this.settings = settings;
        this.tail = new Tail(settings.memory());
    }

    /**
     * Where a disturbance stands.
     *
     * @param length scores since it began; 0 for none
     * @param below scores in a row below the threshold
     * @param told the excess over the threshold that was told of it last
     */
    record State(int length, int below, double told) {

        static final State CALM = new State(0, 0, 0);
    }

    /**
     * What becomes of a score.
     *
     * @param threshold as it stood; infinite while nothing can be said
     * @param grade how far beyond, in (0, 1]: 0.9 is ten times as rare as the threshold; 0 when it is not told
     */
    record Verdict(double threshold, double grade) {}

    Verdict judge(float score) {
        double threshold = threshold();
        double excess = score - threshold;
        boolean told = excess > 0 && isNew(excess);
        double grade = told ? grade(score) : 0;
        if (state.length() == 0 || state.length() >= LONGEST) {
            tail.learn(score);
        }
        state = told ? new State(state.length() + 1, 0, excess) : next(excess);
        return new Verdict(threshold, grade);
    }

    State state() {
        return state;
    }

    float[] scores() {
        return tail.scores();
    }

    void restore(State where, float[] scores) {
        state = where;
        tail.restore(scores);
    }

    private double threshold() {
        return tail.isWarm() ? Math.max(settings.least(), tail.quantile(settings.share())) : Double.POSITIVE_INFINITY;
    }

    private boolean isNew(double excess) {
        boolean afterCalm = 2 * state.below() >= settings.quiet();
        return state.length() == 0 || excess >= (afterCalm ? 0.5 : 2) * state.told();
    }

    private State next(double excess) {
        int below = excess > 0 ? 0 : state.below() + 1;
        return state.length() == 0 || below >= settings.quiet()
                ? State.CALM
                : new State(state.length() + 1, below, state.told());
    }

    private double grade(float score) {
        return Math.max(LEAST_GRADE, 1 - tail.probability(score) / settings.share());
    }
}
