package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.lstm.Networks.assertSameBits;
import static io.mlpool.training.network.lstm.Networks.firstDifference;
import static io.mlpool.training.network.lstm.Networks.forecaster;
import static io.mlpool.training.network.lstm.Networks.gradient;
import static io.mlpool.training.network.lstm.Networks.output;
import static io.mlpool.training.network.lstm.Networks.sequences;
import static io.mlpool.training.network.lstm.Networks.stock;
import static io.mlpool.training.network.lstm.Networks.stockBuilder;
import static io.mlpool.training.network.lstm.Networks.stockLastStep;
import static io.mlpool.training.network.lstm.Networks.tagger;
import static io.mlpool.training.network.lstm.Networks.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Where the layer leaves the work to DL4J the answers are DL4J's to the last bit, which its own never all are. */
class VectorLstmFallbackTest {

    private static final int INPUTS = 6;
    private static final int HIDDEN = 32;

    @Test
    void withoutAReasonNothingIsLeftToDl4j() {
        MultiLayerNetwork network = forecaster(HIDDEN, VectorLstm.lastStep(INPUTS, HIDDEN));

        INDArray ours = gradient(network, windows(30, INPUTS, 20));
        INDArray theirs = gradient(forecaster(HIDDEN, stockLastStep(INPUTS, HIDDEN)), windows(30, INPUTS, 20));

        assertThat(firstDifference(ours, theirs)).isNotEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource
    void settingsItDoesNotKnow(LSTM layer) {
        int hidden = (int) layer.getNOut();
        MultiLayerNetwork stock = forecaster(hidden, new LastTimeStep(layer.clone()));
        MultiLayerNetwork vector = forecaster(hidden, new VectorLastStep(VectorLstm.of((LSTM) layer.clone())));

        assertLeftToDl4j(stock, vector, windows(30, INPUTS, 20));
    }

    static Stream<LSTM> settingsItDoesNotKnow() {
        return Stream.of(
                stock(INPUTS, 33),
                stockBuilder(INPUTS, HIDDEN).activation(Activation.SOFTSIGN).build(),
                stockBuilder(INPUTS, HIDDEN)
                        .gateActivationFunction(Activation.HARDSIGMOID)
                        .build(),
                stockBuilder(INPUTS, HIDDEN).dropOut(new Dropout(0.5)).build(),
                stockBuilder(INPUTS, HIDDEN).weightNoise(new DropConnect(0.5)).build());
    }

    @Test
    void channelsLast() {
        DataSet data = windows(30, INPUTS, 20);
        data.setFeatures(data.getFeatures().permute(0, 2, 1).dup());
        LSTM layer = stockBuilder(INPUTS, HIDDEN).dataFormat(RNNFormat.NWC).build();

        assertLeftToDl4j(
                forecaster(HIDDEN, new LastTimeStep(layer)),
                forecaster(HIDDEN, new VectorLastStep(VectorLstm.of(layer))),
                data);
    }

    @Test
    void doublePrecision() {
        DataSet data = windows(30, INPUTS, 20);
        data.setFeatures(data.getFeatures().castTo(DataType.DOUBLE));
        data.setLabels(data.getLabels().castTo(DataType.DOUBLE));

        assertLeftToDl4j(
                forecaster(DataType.DOUBLE, HIDDEN, stockLastStep(INPUTS, HIDDEN)),
                forecaster(DataType.DOUBLE, HIDDEN, VectorLstm.lastStep(INPUTS, HIDDEN)),
                data);
    }

    @Test
    void maskedWindows() {
        DataSet data = windows(30, INPUTS, 20);
        data.setFeaturesMaskArray(mask(30, 20));

        assertLeftToDl4j(
                forecaster(HIDDEN, stockLastStep(INPUTS, HIDDEN)),
                forecaster(HIDDEN, VectorLstm.lastStep(INPUTS, HIDDEN)),
                data);
    }

    @Test
    void aMaskOfOneBatchDoesNotReachTheNext() {
        DataSet plain = windows(30, INPUTS, 20);
        DataSet masked = windows(30, INPUTS, 20);
        masked.setFeaturesMaskArray(mask(30, 20));
        MultiLayerNetwork network = forecaster(HIDDEN, VectorLstm.lastStep(INPUTS, HIDDEN));
        INDArray expected = gradient(network, plain);

        gradient(network, masked);

        assertSameBits(gradient(network, plain), expected);
    }

    private static INDArray mask(int batch, int steps) {
        INDArray mask = Nd4j.ones(DataType.FLOAT, batch, steps);
        for (int row = 0; row < batch; row++) {
            for (int step = steps - row % steps; step < steps; step++) {
                mask.putScalar(row, step, 0);
            }
        }
        return mask;
    }

    @Test
    void steppingThroughTime() {
        MultiLayerNetwork stock = tagger(HIDDEN, stock(INPUTS, HIDDEN));
        MultiLayerNetwork vector = tagger(HIDDEN, VectorLstm.sequence(INPUTS, HIDDEN));
        INDArray input = sequences(4, INPUTS, 3).getFeatures();

        for (int call = 0; call < 2; call++) {
            assertSameBits(vector.rnnTimeStep(input), stock.rnnTimeStep(input));
        }
    }

    @Test
    void anInputThatDoesNotFitIsReportedByDl4j() {
        MultiLayerNetwork network = forecaster(HIDDEN, VectorLstm.lastStep(INPUTS, HIDDEN));

        assertThatExceptionOfType(DL4JInvalidInputException.class)
                .isThrownBy(() -> network.output(Nd4j.zeros(DataType.FLOAT, 2, INPUTS + 1, 5)));
    }

    private static void assertLeftToDl4j(MultiLayerNetwork stock, MultiLayerNetwork vector, DataSet data) {
        vector.setParams(stock.params().dup());
        assertSameBits(output(vector, data), output(stock, data));
        Nd4j.getRandom().setSeed(1);
        INDArray expected = gradient(stock, data);
        Nd4j.getRandom().setSeed(1);
        assertSameBits(gradient(vector, data), expected);
    }
}
