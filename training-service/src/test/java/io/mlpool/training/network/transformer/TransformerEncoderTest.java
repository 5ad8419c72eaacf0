package io.mlpool.training.network.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class TransformerEncoderTest {

    private static final int FEATURES = 3;
    private static final int STEPS = 16;

    /**
     * Of all steps but the newest ones, each with a number to remember, one at random is marked. Only who finds the mark, however far back, and
     * takes what stands beside it can tell the number; who sees the newest steps, or the mean of all, cannot.
     */
    @Test
    void aNumberThatIsMarkedSomewhereInTheWindowIsFound() {
        MultiLayerNetwork network = network();
        Random random = new Random(1);
        for (int batch = 0; batch < 200; batch++) {
            network.fit(marked(random, 64));
        }
        assertThat(error(network, marked(random, 512)))
                .as("the numbers have a variance of 1")
                .isLessThan(0.2);
    }

    @Test
    void aSavedNetworkAnswersAndLearnsOnAsIfItHadNotBeenSaved() throws IOException {
        MultiLayerNetwork network = network();
        Random random = new Random(2);
        network.fit(marked(random, 64));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, file, true);
        MultiLayerNetwork again =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file.toByteArray()), true);
        assertThat(again.getLayerWiseConfigurations()).isEqualTo(network.getLayerWiseConfigurations());
        DataSet next = marked(random, 64);
        network.fit(next);
        again.fit(next);
        assertThat(again.params()).isEqualTo(network.params());
    }

    @Test
    void theLearningRateOfTheNetworkIsThatOfTheEncoder() {
        MultiLayerNetwork network = network();
        network.setLearningRate(0);
        INDArray before = network.params().dup();
        network.fit(marked(new Random(3), 64));
        assertThat(network.params()).isEqualTo(before);
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(3e-3))
                .list()
                .layer(TransformerEncoder.of(new EncoderShape(FEATURES, STEPS, 1, 16, 1, 2, 32)))
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(16)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** Windows {@code [count x features x steps]}: a number, the mark, noise. */
    private static DataSet marked(Random random, int count) {
        float[] windows = new float[count * STEPS * FEATURES];
        float[] numbers = new float[count];
        for (int window = 0; window < count; window++) {
            int found = random.nextInt(STEPS - 4);
            for (int step = 0; step < STEPS; step++) {
                int at = (window * STEPS + step) * FEATURES;
                windows[at] = (float) random.nextGaussian();
                windows[at + 1] = step == found ? 3 : 0;
                windows[at + 2] = (float) random.nextGaussian();
            }
            numbers[window] = windows[(window * STEPS + found) * FEATURES];
        }
        INDArray rows = Nd4j.create(windows, new long[] {count, STEPS, FEATURES}, 'c');
        return new DataSet(rows.permute(0, 2, 1), Nd4j.create(numbers, new long[] {count, 1}, 'c'));
    }

    private static double error(MultiLayerNetwork network, DataSet data) {
        INDArray error = network.output(data.getFeatures()).sub(data.getLabels());
        return error.mul(error).meanNumber().doubleValue();
    }
}
