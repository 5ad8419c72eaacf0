package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.lstm.Networks.assertSameBits;
import static io.mlpool.training.network.lstm.Networks.forecaster;
import static io.mlpool.training.network.lstm.Networks.largestDifference;
import static io.mlpool.training.network.lstm.Networks.output;
import static io.mlpool.training.network.lstm.Networks.stockBuilder;
import static io.mlpool.training.network.lstm.Networks.stockLastStep;
import static io.mlpool.training.network.lstm.Networks.windows;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Sgd;

/** Networks with the layer are saved and restored like any other, and exchange their state with DL4J's. */
class VectorLstmPersistenceTest {

    private final List<DataSet> batches = List.of(windows(64, 5, 12), windows(50, 5, 12));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void aRestoredNetworkGoesOnTrainingAsIfNothingHadHappened() throws IOException {
        MultiLayerNetwork network = trained(vectorNetwork());
        File file = folder.resolve("network.zip").toFile();

        ModelSerializer.writeModel(network, file, true);
        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file, true);

        assertThat(restored.getLayer(0)).isInstanceOf(LastStepLayer.class);
        assertSameBits(output(restored, batches.getFirst()), output(network, batches.getFirst()));
        network.fit(batches.getLast());
        restored.fit(batches.getLast());
        assertSameBits(restored.params(), network.params());
    }

    @Test
    void aConfigurationSurvivesJson() {
        MultiLayerConfiguration configuration = forecaster(
                        64,
                        VectorLstm.sequence(5, 32).asFirstLayer().withThreads(2),
                        VectorLstm.lastStep(32, 64).withThreads(3))
                .getLayerWiseConfigurations();

        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());

        assertThat(read.toJson()).isEqualTo(configuration.toJson());
        VectorLstm first = (VectorLstm) read.getConf(0).getLayer();
        assertThat(first.threads()).isEqualTo(2);
        assertThat(first.isFirstLayer()).isTrue();
        VectorLstm second = (VectorLstm) ((VectorLastStep) read.getConf(1).getLayer()).getUnderlying();
        assertThat(second.threads()).isEqualTo(3);
        assertThat(second.isFirstLayer()).isFalse();
    }

    @Test
    void aCopyOfADl4jLayerHasAllItsSettings() {
        LSTM stock = stockBuilder(5, 32)
                .name("memory")
                .dropOut(new Dropout(0.5))
                .weightNoise(new DropConnect(0.5))
                .constrainAllParameters(new NonNegativeConstraint())
                .weightInit(WeightInit.RELU)
                .weightInitRecurrent(WeightInit.XAVIER)
                .biasInit(0.5)
                .gainInit(0.25)
                .l1(0.1)
                .l2Bias(0.2)
                .updater(new Sgd(0.3))
                .biasUpdater(new AdaGrad(0.4))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(0.5)
                .forgetGateBiasInit(2)
                .helperAllowFallback(false)
                .build();

        VectorLstm copy = VectorLstm.of(stock);

        assertThat(withoutOwnSettings(json(copy))).isEqualTo(json(stock));
    }

    private static String json(LSTM layer) {
        return new NeuralNetConfiguration.Builder().seed(1).layer(layer).build().toJson();
    }

    private static String withoutOwnSettings(String json) {
        return json.replace(VectorLstm.class.getName(), LSTM.class.getName())
                .replaceAll("\\s*\"(threads|firstLayer)\" : \\w+,?", "");
    }

    @Test
    void parametersAndUpdaterStateOfDl4jLoadIntoIt() throws IOException {
        MultiLayerNetwork stock = trained(forecaster(64, stockLastStep(5, 64)));
        File file = folder.resolve("stock.zip").toFile();
        ModelSerializer.writeModel(stock, file, true);
        MultiLayerNetwork checkpoint = ModelSerializer.restoreMultiLayerNetwork(file, true);

        MultiLayerNetwork vector = vectorNetwork();
        vector.setParams(checkpoint.params());
        vector.getUpdater().setStateViewArray(vector, checkpoint.getUpdater().getStateViewArray(), false);
        vector.setIterationCount(checkpoint.getIterationCount());

        assertThat(largestDifference(output(vector, batches.getFirst()), output(stock, batches.getFirst())))
                .isLessThan(1e-6);
        assertThat(largestDifference(trained(vector).params(), trained(stock).params()))
                .isLessThan(1e-5);
    }

    @Test
    void aCloneComputesTheSame() {
        MultiLayerNetwork network = trained(vectorNetwork());

        INDArray expected = output(network, batches.getFirst());

        assertSameBits(output(network.clone(), batches.getFirst()), expected);
    }

    private static MultiLayerNetwork vectorNetwork() {
        return forecaster(64, VectorLstm.lastStep(5, 64).asFirstLayer());
    }

    private MultiLayerNetwork trained(MultiLayerNetwork network) {
        for (int epoch = 0; epoch < 3; epoch++) {
            batches.forEach(network::fit);
        }
        return network;
    }
}
