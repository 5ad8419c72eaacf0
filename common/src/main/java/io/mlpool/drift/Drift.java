package io.mlpool.drift;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A stretch of life against the train slice. Each column is tested twice, for another mean and for another distribution over its bins, and
 * drifts when that is significant among all that were tested, and large.
 *
 * <p>Neighbouring hours repeat each other and coins move together, so a week of many coins is far fewer observations than it has rows. How
 * many is not assumed: stretches of the train slice tell how much a stretch differs by itself. Both a mean and the logarithm of Pearson's
 * chi-square over the bins are compared with the spread that theirs have (Student's distribution, as for a value yet to come). The scaled
 * chi-square distribution that is usual for dependent rows (Rao and Scott 1984, Annals of Statistics 12) has too thin a tail for persistent
 * features: measured, it called three to five times too many significant at 0.2 %, the logarithm no more than promised.
 *
 * @param columns in the order of the reference
 */
public record Drift(List<Finding> columns) {

    /** So often something is found in a stretch that is like the train slice. */
    public static final double RATE = 0.05;

    /** Least population stability index that counts as large. */
    public static final double LARGE_INDEX = 0.1;

    /** Least shift of the mean that counts as large, in standard deviations. */
    public static final double LARGE_SHIFT = 0.25;

    public Drift {
        columns = List.copyOf(columns);
    }

    /**
     * What was found of one column.
     *
     * @param effective independent values that say as much of its mean as the rows do
     * @param p probability of a difference as great as this, or greater, when nothing has changed
     * @param adjustedP the same with all columns tested in mind
     * @param stabilityIndex population stability index
     * @param shift of the mean in standard deviations of the train slice
     */
    public record Finding(
            Column column,
            long rows,
            double effective,
            double mean,
            List<Double> shares,
            double p,
            double adjustedP,
            double stabilityIndex,
            double shift) {

        public boolean isSignificant() {
            return adjustedP <= RATE;
        }

        public boolean isLarge() {
            return stabilityIndex >= LARGE_INDEX || Math.abs(shift) >= LARGE_SHIFT;
        }

        public boolean drifts() {
            return isSignificant() && isLarge();
        }
    }

    /**
     * Compares what was seen with a reference.
     *
     * @param seen at least one row
     * @param bars times that the rows are of
     */
    public static Drift of(DriftReference reference, Tally seen, long bars) {
        double thinner = thinner(reference, seen, bars);
        double[] p = IntStream.range(0, reference.columns().size())
                .mapToDouble(i -> probability(reference.columns().get(i), seen, i, thinner))
                .toArray();
        double[] adjusted = BenjaminiHochberg.adjust(p);
        return new Drift(IntStream.range(0, p.length)
                .mapToObj(i -> finding(reference.columns().get(i), seen, i, thinner, p[i], adjusted[i]))
                .toList());
    }

    /** Those that drift, the largest first. */
    public List<Finding> drifting() {
        return columns.stream()
                .filter(Finding::drifts)
                .sorted((a, b) -> Double.compare(b.stabilityIndex(), a.stabilityIndex()))
                .toList();
    }

    /**
     * How much more a mean varies than that of a stretch of the train slice because less is known: at most in the ratio of the bars, and of
     * the assets. More of either is not counted, since more hours of one mood and more coins of one market may tell nothing new.
     */
    private static double thinner(DriftReference reference, Tally seen, long bars) {
        if (seen.rows() < 1 || bars < 1) {
            throw new IllegalArgumentException("nothing was seen that could be compared");
        }
        double assets = seen.rows() / (double) bars;
        return Math.max(1, reference.bars() / bars) * Math.max(1, reference.assets() / assets);
    }

    private static double probability(Column column, Tally seen, int i, double thinner) {
        double mean = ofMean(column, seen.mean(i), thinner, seen.rows());
        double bins = ofBins(column, seen.shares(i), thinner, seen.rows());
        return Math.min(1, 2 * Math.min(mean, bins));
    }

    private static double ofMean(Column column, double mean, double thinner, long rows) {
        double variance = meanVariance(column, thinner, rows);
        if (variance == 0) {
            return 1;
        }
        double error = Math.sqrt(variance * (1 + 1 / column.independent()));
        return 2
                * TDistribution.of(column.independent() - 1)
                        .survivalProbability(Math.abs(mean - column.mean()) / error);
    }

    private static double ofBins(Column column, double[] shares, double thinner, long rows) {
        double expected = Math.max(column.logDistance() + Math.log(thinner), Math.log(column.leastDistance(rows)));
        double known = 1 + 1 / column.independent();
        double found = Math.log(Math.max(Double.MIN_NORMAL, column.distance(shares) / known));
        return TDistribution.of(column.independent() - 1)
                .survivalProbability((found - expected) / (column.logDistanceDeviation() * Math.sqrt(known)));
    }

    /** Never below that of as many independent values. */
    private static double meanVariance(Column column, double thinner, long rows) {
        return Math.max(column.meanVariance() * thinner, column.deviation() * column.deviation() / rows);
    }

    private static Finding finding(Column column, Tally seen, int i, double thinner, double p, double adjusted) {
        double spread = column.deviation();
        double variance = meanVariance(column, thinner, seen.rows());
        double[] shares = seen.shares(i);
        return new Finding(
                column,
                seen.rows(),
                variance == 0 ? seen.rows() : spread * spread / variance,
                seen.mean(i),
                java.util.Arrays.stream(shares).boxed().toList(),
                p,
                adjusted,
                column.stability(shares),
                spread == 0 ? 0 : (seen.mean(i) - column.mean()) / spread);
    }
}
