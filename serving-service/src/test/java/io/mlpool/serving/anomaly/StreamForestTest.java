package io.mlpool.serving.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamForestTest {

    private static final ForestSettings SETTINGS = new ForestSettings(1, 1, 30, 256, 32, 7);

    @Test
    void aJumpOutOfNoiseScoresHigherThanAllNoise() {
        float[] stream = noise(2_000);
        stream[1_500] = 12;

        double[] scores = scores(stream);

        assertThat(highest(scores)).isEqualTo(1_500);
        assertThat(scores[1_500]).isGreaterThan(3);
    }

    @Test
    void whatNeverChangesIsNeverUnusual() {
        assertThat(Arrays.stream(scores(new float[1_000])).max().orElseThrow()).isLessThan(1.5);
    }

    @Test
    void scoresDoNotDependOnTheScale() {
        float[] stream = noise(1_000);
        float[] inMillions = new float[stream.length];
        for (int i = 0; i < stream.length; i++) {
            inMillions[i] = stream[i] * (1 << 20);
        }

        assertThat(scores(inMillions)).isEqualTo(scores(stream));
    }

    @Test
    void theSameStreamHasTheSameScores() {
        assertThat(scores(noise(1_000))).isEqualTo(scores(noise(1_000)));
    }

    @Test
    void nothingIsSaidUntilItIsWarm() {
        assertThat(scores(noise(32))).containsOnly(0);
    }

    @Test
    void aPointThatIsNoneIsRefusedAndNotLearned() {
        StreamForest forest = new StreamForest(SETTINGS);

        assertThatThrownBy(() -> forest.score(new float[] {Float.NaN})).hasMessage("a point must be finite, found NaN");
        assertThatThrownBy(() -> forest.score(new float[2])).hasMessage("a point has 1 numbers, found 2");
    }

    private static double[] scores(float[] stream) {
        StreamForest forest = new StreamForest(SETTINGS);
        double[] scores = new double[stream.length];
        for (int i = 0; i < stream.length; i++) {
            scores[i] = forest.score(new float[] {stream[i]});
        }
        return scores;
    }

    private static int highest(double[] scores) {
        int highest = 0;
        for (int i = 1; i < scores.length; i++) {
            highest = scores[i] > scores[highest] ? i : highest;
        }
        return highest;
    }

    private static float[] noise(int length) {
        Random random = new Random(3);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return noise;
    }
}
