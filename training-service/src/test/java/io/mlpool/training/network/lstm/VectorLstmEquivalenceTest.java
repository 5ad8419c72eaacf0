package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.lstm.Networks.assertSameBits;
import static io.mlpool.training.network.lstm.Networks.forecaster;
import static io.mlpool.training.network.lstm.Networks.gradient;
import static io.mlpool.training.network.lstm.Networks.headless;
import static io.mlpool.training.network.lstm.Networks.largestDifference;
import static io.mlpool.training.network.lstm.Networks.output;
import static io.mlpool.training.network.lstm.Networks.sequences;
import static io.mlpool.training.network.lstm.Networks.stock;
import static io.mlpool.training.network.lstm.Networks.stockLastStep;
import static io.mlpool.training.network.lstm.Networks.tagger;
import static io.mlpool.training.network.lstm.Networks.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The layer computes what DL4J's own computes, up to the rounding of floats. */
class VectorLstmEquivalenceTest {

    private static final double OUTPUT_TOLERANCE = 1e-6;
    private static final double GRADIENT_TOLERANCE = 5e-6;

    @ParameterizedTest(name = "batch {0}, {1} inputs, {2} steps, {3} hidden")
    @CsvSource({
        "1, 24, 64, 64",
        "64, 24, 64, 64",
        "37, 24, 64, 64",
        "200, 5, 12, 32",
        "19, 7, 20, 32",
        "6, 1, 9, 64",
        "36, 40, 3, 96",
        "72, 3, 1, 96",
        "1, 1, 1, 32",
        "13, 9, 11, 48"
    })
    void lastStepHasTheOutputsAndGradientsOfDl4j(int batch, int inputs, int steps, int hidden) {
        assertEquivalent(
                forecaster(hidden, stockLastStep(inputs, hidden)),
                forecaster(hidden, VectorLstm.lastStep(inputs, hidden)),
                windows(batch, inputs, steps));
    }

    @ParameterizedTest(name = "batch {0}, {1} inputs, {2} steps, {3} hidden")
    @CsvSource({"1, 4, 8, 32", "33, 5, 20, 32", "64, 24, 16, 64", "50, 2, 1, 96"})
    void sequenceHasTheOutputsAndGradientsOfDl4j(int batch, int inputs, int steps, int hidden) {
        assertEquivalent(
                tagger(hidden, stock(inputs, hidden)),
                tagger(hidden, VectorLstm.sequence(inputs, hidden)),
                sequences(batch, inputs, steps));
    }

    @Test
    void stackedLayersPassTheErrorDown() {
        assertEquivalent(
                forecaster(32, stock(7, 64), stockLastStep(64, 32)),
                forecaster(32, VectorLstm.sequence(7, 64).asFirstLayer(), VectorLstm.lastStep(64, 32)),
                windows(41, 7, 15));
        assertEquivalent(
                tagger(32, stock(7, 64), stock(64, 32)),
                tagger(32, VectorLstm.sequence(7, 64), VectorLstm.sequence(64, 32)),
                sequences(41, 7, 15));
    }

    @Test
    void aVectorLayerStandsOnADl4jLayerAndUnderOne() {
        assertEquivalent(
                forecaster(32, stock(7, 64), stockLastStep(64, 32)),
                forecaster(32, stock(7, 64), VectorLstm.lastStep(64, 32)),
                windows(41, 7, 15));
        assertEquivalent(
                forecaster(32, stock(7, 64), stockLastStep(64, 32)),
                forecaster(32, VectorLstm.sequence(7, 64), stockLastStep(64, 32)),
                windows(41, 7, 15));
    }

    @Test
    void theErrorOfTheInputsIsThatOfDl4j() {
        DataSet data = windows(40, 9, 12);
        var expected = inputGradient(forecaster(32, stockLastStep(9, 32)), data);
        var actual = inputGradient(forecaster(32, VectorLstm.lastStep(9, 32)), data);

        assertClose(actual, expected);
    }

    private static INDArray inputGradient(MultiLayerNetwork network, DataSet data) {
        return network.calculateGradients(data.getFeatures(), data.getLabels(), null, null)
                .getSecond();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void errorsFromOutsideAreBackpropagatedAfterAForwardPassOfEitherKind(boolean training) {
        DataSet data = windows(40, 9, 12);

        INDArray expected = gradientOfOnes(headless(stockLastStep(9, 32)), data, true);
        INDArray actual = gradientOfOnes(headless(VectorLstm.lastStep(9, 32)), data, training);

        assertClose(actual, expected);
    }

    private static INDArray gradientOfOnes(MultiLayerNetwork network, DataSet data, boolean training) {
        network.setInput(data.getFeatures());
        INDArray output = network.feedForward(training, false).getLast();
        return network.backpropGradient(Nd4j.onesLike(output), LayerWorkspaceMgr.noWorkspaces())
                .getFirst()
                .gradient();
    }

    @Test
    void theOrderOfTheInputInMemoryDoesNotMatter() {
        DataSet data = windows(20, 24, 10);
        INDArray features = data.getFeatures();
        MultiLayerNetwork network = forecaster(32, VectorLstm.lastStep(24, 32));
        INDArray expected = network.output(features);

        INDArray fortran = features.dup('f');
        INDArray stepsFirst = features.permute(2, 0, 1).dup('c').permute(1, 2, 0);

        assertSameBits(network.output(fortran), expected);
        assertSameBits(network.output(stepsFirst), expected);
    }

    /** DL4J's LSTM computes masked steps of a sequence too; only the loss leaves them out. */
    @Test
    void maskedSequencesAreThoseOfDl4j() {
        DataSet data = sequences(30, 6, 20);
        INDArray mask = Nd4j.ones(DataType.FLOAT, 30, 20);
        mask.get(NDArrayIndex.interval(5, 30), NDArrayIndex.interval(12, 20)).assign(0);
        data.setFeaturesMaskArray(mask);
        data.setLabelsMaskArray(mask);

        assertEquivalent(tagger(32, stock(6, 32)), tagger(32, VectorLstm.sequence(6, 32)), data);
    }

    @Test
    void saturatedGatesAreThoseOfDl4j() {
        DataSet data = windows(32, 24, 16);
        data.getFeatures().muli(30);

        assertEquivalent(forecaster(64, stockLastStep(24, 64)), forecaster(64, VectorLstm.lastStep(24, 64)), data);
    }

    @Test
    void aSmallBatchAfterALargeOneSeesNothingOfIt() {
        MultiLayerNetwork network = forecaster(32, VectorLstm.lastStep(5, 32));
        gradient(network, windows(70, 5, 12));
        output(network, windows(70, 5, 12));

        assertEquivalent(forecaster(32, stockLastStep(5, 32)), network, windows(3, 5, 12));
    }

    @Test
    void lossesOfSeveralEpochsAreThoseOfDl4j() {
        List<DataSet> batches = List.of(windows(64, 8, 24), windows(63, 8, 24), windows(17, 8, 24));

        List<Double> expected = losses(forecaster(64, stockLastStep(8, 64)), batches);
        List<Double> actual = losses(forecaster(64, VectorLstm.lastStep(8, 64)), batches);

        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isEqualTo(expected.get(i), within(1e-5));
        }
        assertThat(actual.get(3)).as("second loss of the first batch").isLessThan(actual.getFirst());
    }

    private static List<Double> losses(MultiLayerNetwork network, List<DataSet> batches) {
        List<Double> losses = new ArrayList<>();
        for (int epoch = 0; epoch < 5; epoch++) {
            for (DataSet batch : batches) {
                network.fit(batch);
                losses.add(network.score());
            }
        }
        return losses;
    }

    @Test
    void aComputationGraphTrainsWithIt() {
        ComputationGraph expected = forecaster(32, stockLastStep(5, 32)).toComputationGraph();
        ComputationGraph actual = forecaster(32, VectorLstm.lastStep(5, 32)).toComputationGraph();
        DataSet data = windows(20, 5, 10);

        for (int i = 0; i < 5; i++) {
            expected.fit(data);
            actual.fit(data);
        }

        assertThat(largestDifference(actual.params(), expected.params())).isLessThan(1e-5);
    }

    private static void assertEquivalent(MultiLayerNetwork expected, MultiLayerNetwork actual, DataSet data) {
        actual.setParams(expected.params().dup());
        assertThat(largestDifference(output(actual, data), output(expected, data)))
                .isLessThan(OUTPUT_TOLERANCE);
        assertClose(gradient(actual, data), gradient(expected, data));
        assertThat(actual.score()).isEqualTo(expected.score(), within(1e-5));
    }

    private static void assertClose(INDArray actual, INDArray expected) {
        double largest = expected.amaxNumber().doubleValue();
        assertThat(largestDifference(actual, expected)).isLessThan(GRADIENT_TOLERANCE * largest);
    }
}
