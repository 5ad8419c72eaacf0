package io.mlpool.serving.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeclusteringTest {

    @Test
    void ofAClusterTheFirstOfEachNewHeightIsLeft() {
        assertThat(peaks(3, 1, 5, 4, 6, 6, 2)).containsExactly(1, 5, 0, 6, 0, 0);
    }

    @Test
    void whatIsLongerAgoThanTheRunIsForgotten() {
        assertThat(peaks(2, 9, 1, 1, 3, 2)).containsExactly(9, 0, 0, 3, 0);
    }

    @Test
    void withoutARunEveryScoreStays() {
        assertThat(peaks(0, 3, 2, 1)).containsExactly(3, 2, 1);
    }

    @Test
    void itAgreesWithLookingAtEachRunAnew() {
        double[] scores = new Random(1).doubles(2_000).toArray();
        double[] expected = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            double before = Arrays.stream(scores, Math.max(0, i - 20), i).max().orElse(-1);
            expected[i] = scores[i] > before ? scores[i] : 0;
        }

        assertThat(peaks(20, scores)).isEqualTo(expected);
    }

    @Test
    void aNegativeRunIsRefused() {
        assertThatThrownBy(() -> new Declustering(-1)).hasMessage("a run must not be negative, found -1");
    }

    private static double[] peaks(int run, double... scores) {
        Declustering declustering = new Declustering(run);
        return Arrays.stream(scores).map(declustering::peak).toArray();
    }
}
