package io.mlpool.standalone.skab;

/**
 * What is counted of a detector, row by row.
 *
 * @param found anomalous rows that it marks
 * @param missed anomalous rows that it does not
 * @param marked usual rows that it marks
 * @param usual usual rows that it does not
 * @param alarms that it tells
 * @param falseAlarms those in usual rows
 * @param series in which an anomaly was told
 */
public record SkabScore(long found, long missed, long marked, long usual, long alarms, long falseAlarms, long series) {

    public static final SkabScore NOTHING = new SkabScore(0, 0, 0, 0, 0, 0, 0);

    /** A series in which the anomaly was told. */
    public static final SkabScore TOLD = new SkabScore(0, 0, 0, 0, 0, 0, 1);

    private static final double SECONDS_A_DAY = 86_400;

    /** Of one row. */
    public static SkabScore of(boolean anomalous, boolean marks, boolean alarm) {
        return new SkabScore(
                one(anomalous && marks),
                one(anomalous && !marks),
                one(!anomalous && marks),
                one(!anomalous && !marks),
                one(alarm),
                one(alarm && !anomalous),
                0);
    }

    public SkabScore plus(SkabScore other) {
        return new SkabScore(
                found + other.found,
                missed + other.missed,
                marked + other.marked,
                usual + other.usual,
                alarms + other.alarms,
                falseAlarms + other.falseAlarms,
                series + other.series);
    }

    public long rows() {
        return found + missed + marked + usual;
    }

    /** Harmonic mean of precision and recall over rows; 0 when no anomalous row is marked. */
    public double f1() {
        return share(2 * found, 2 * found + marked + missed);
    }

    /** Of the usual rows that are marked. */
    public double falseShare() {
        return share(marked, marked + usual);
    }

    /** Of the anomalous rows that are not marked. */
    public double missedShare() {
        return share(missed, found + missed);
    }

    /** In a day of usual rows, one a second. */
    public double falseAlarmsADay() {
        return SECONDS_A_DAY * share(falseAlarms, marked + usual);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static long one(boolean counts) {
        return counts ? 1 : 0;
    }
}
