package io.mlpool.serving.decay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.statistics.HacMean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * How often a model that is exactly as good as the naive forecast is said to have lost its skill, looked at every day of a year. It prints what
 * {@code docs/continual-learning.md} says; {@code -Dyears=400} simulates as many.
 */
class FalseAlarmTest {

    private static final int YEARS = Integer.getInteger("years", 40);
    private static final int DAYS = 365;
    private static final int LONGEST = 24;

    private static final DecayProperties DEFAULTS =
            new Binder(new MapConfigurationPropertySource()).bindOrCreate("mlpool.decay", DecayProperties.class);

    @Test
    void ofYearsWithoutAnyLossFewHaveAnAlarm() {
        long alarmed =
                LongStream.range(0, YEARS).filter(FalseAlarmTest::isAlarmed).count();

        System.out.printf("of %d years without loss of skill %d had an alarm%n", YEARS, alarmed);
        assertThat(alarmed).isLessThanOrEqualTo(Math.round(0.1 * YEARS));
    }

    @Test
    void aLossAsLargeAsTheDifferencesOfADaysMeanIsFound() {
        int span = hours(DEFAULTS.span());
        long found = LongStream.range(0, YEARS)
                .mapToObj(seed -> differences(seed, span))
                .filter(luck -> isFound(worse(luck, deviationOfDays(luck))))
                .count();

        System.out.printf("of %d losses as large as a day's mean varies %d were found%n", YEARS, found);
        assertThat(found).isGreaterThanOrEqualTo(Math.round(0.6 * YEARS));
    }

    private static boolean isAlarmed(long seed) {
        int span = hours(DEFAULTS.span());
        double[] year = differences(seed, span + 24 * DAYS);
        for (int day = 0; day < DAYS; day++) {
            if (isFound(Arrays.copyOfRange(year, 24 * day, 24 * day + span))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFound(double[] differences) {
        return SkillLook.chance(HacMean.of(differences, LONGEST)) < DEFAULTS.level();
    }

    /** Mean over horizons of 1, 4 and 24 hours whose news overlap, with heavy tails, in a market with moods of days. */
    private static double[] differences(long seed, int count) {
        Random random = new Random(seed);
        double[] sums = new double[count];
        for (int horizon : new int[] {1, 4, LONGEST}) {
            double[] news =
                    random.doubles(count + LONGEST).map(any -> heavy(random)).toArray();
            for (int i = 0; i < count; i++) {
                double sum = 0;
                for (int k = 0; k < horizon; k++) {
                    sum += news[i + LONGEST - k];
                }
                sums[i] += sum / Math.sqrt(horizon) / 3;
            }
        }
        double mood = 0;
        for (int i = 0; i < count; i++) {
            mood = i % 24 == 0 ? 0.9 * mood + 0.2 * random.nextGaussian() : mood;
            sums[i] *= Math.exp(mood);
        }
        return sums;
    }

    /** Student's t with four degrees of freedom. */
    private static double heavy(Random random) {
        double squares = 0;
        for (int i = 0; i < 4; i++) {
            double one = random.nextGaussian();
            squares += one * one;
        }
        return random.nextGaussian() / Math.sqrt(squares / 4);
    }

    private static double deviationOfDays(double[] luck) {
        double[] days = new double[luck.length / 24];
        for (int day = 0; day < days.length; day++) {
            days[day] = Arrays.stream(luck, 24 * day, 24 * day + 24).average().orElseThrow();
        }
        double mean = Arrays.stream(days).average().orElseThrow();
        return Math.sqrt(Arrays.stream(days)
                .map(one -> (one - mean) * (one - mean))
                .average()
                .orElseThrow());
    }

    private static double[] worse(double[] luck, double by) {
        return Arrays.stream(luck).map(one -> one + by).toArray();
    }

    private static int hours(Duration span) {
        return (int) span.toHours();
    }
}
