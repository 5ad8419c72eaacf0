package io.mlpool.standalone.nab;

/**
 * What finding and missing are worth.
 *
 * @param found an anomaly, at the first row of its window
 * @param missed an anomaly
 * @param falseAlarm each, far from any window
 */
public record NabProfile(double found, double missed, double falseAlarm) {

    public static final NabProfile STANDARD = new NabProfile(1, 1, 0.11);
    public static final NabProfile FEW_FALSE_ALARMS = new NabProfile(1, 1, 0.22);
    public static final NabProfile FEW_MISSED = new NabProfile(1, 2, 0.11);
}
