package io.mlpool.drift;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Several tests at once (Benjamini and Hochberg 1995, "Controlling the false discovery rate"): who believes every adjusted p below a rate is
 * wrong in that share of what is found, and, when nothing is to be found, at all with that probability.
 */
final class BenjaminiHochberg {

    private BenjaminiHochberg() {}

    /** The adjusted p of each, in the same order. */
    static double[] adjust(double[] p) {
        Integer[] falling = new Integer[p.length];
        Arrays.setAll(falling, i -> i);
        Arrays.sort(falling, Comparator.comparingDouble((Integer i) -> p[i]).reversed());
        double[] adjusted = new double[p.length];
        double least = 1;
        for (int i = 0; i < p.length; i++) {
            least = Math.min(least, p[falling[i]] * p.length / (p.length - i));
            adjusted[falling[i]] = least;
        }
        return adjusted;
    }
}
