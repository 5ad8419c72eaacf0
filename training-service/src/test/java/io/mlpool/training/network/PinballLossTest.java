package io.mlpool.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

class PinballLossTest {

    private static final PinballLoss LOSS =
            new PinballLoss(new double[] {0.7, 0.3}, new double[] {0.05, 0.5, 0.75, 0.95}, 1);

    @BeforeAll
    static void calculateInDoublePrecision() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @AfterAll
    static void calculateInSinglePrecisionAgain() {
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }

    @Test
    void gradientsThroughDl4jAreTheSlopesOfTheScore() {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration());
        network.init();
        Nd4j.getRandom().setSeed(5);
        INDArray inputs = Nd4j.randn(DataType.DOUBLE, 6, 3);
        INDArray targets = Nd4j.randn(DataType.DOUBLE, 6, 2);
        assertThat(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                        .net(network)
                        .epsilon(1e-6)
                        .maxRelError(1e-4)
                        .minAbsoluteError(1e-9)
                        .input(inputs)
                        .labels(targets)))
                .isTrue();
    }

    @Test
    void aNetworkThatUsesItCanBeReadBack() {
        MultiLayerConfiguration configuration = configuration();
        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
        OutputLayer output = (OutputLayer) read.getConf(1).getLayer();
        assertThat(output.getLossFn())
                .isInstanceOf(PinballLoss.class)
                .usingRecursiveComparison()
                .isEqualTo(LOSS);
    }

    private static MultiLayerConfiguration configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(5)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LOSS)
                        .nIn(5)
                        .nOut(8)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();
    }
}
