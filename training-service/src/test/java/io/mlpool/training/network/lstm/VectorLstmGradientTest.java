package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.lstm.Networks.OUTPUTS;
import static io.mlpool.training.network.lstm.Networks.forecaster;
import static io.mlpool.training.network.lstm.Networks.gradient;
import static io.mlpool.training.network.lstm.Networks.output;
import static io.mlpool.training.network.lstm.Networks.stock;
import static io.mlpool.training.network.lstm.Networks.stockLastStep;
import static io.mlpool.training.network.lstm.Networks.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient is the derivative of the loss: against differences of it, and against DL4J in double precision. */
class VectorLstmGradientTest {

    /**
     * Floats carry seven digits, so a difference of losses over a short way is all rounding. Over 0.01 in a random
     * direction of unit length the rounding is about 1e-5 of the slope and the curvature cancels to second order.
     */
    private static final double WAY = 0.01;

    @RepeatedTest(10)
    void isTheSlopeOfTheLossInAnyDirection(RepetitionInfo repetition) {
        DataSet data = windows(16, 5, 12);
        MultiLayerNetwork network = forecaster(32, VectorLstm.sequence(5, 32), VectorLstm.lastStep(32, 32));
        INDArray start = network.params().dup();
        INDArray gradient = gradient(network, data).castTo(DataType.DOUBLE).reshape(start.shape());
        Nd4j.getRandom().setSeed(repetition.getCurrentRepetition());
        INDArray direction = Nd4j.randn(DataType.DOUBLE, start.shape());
        direction.divi(direction.norm2Number());
        // Half the way along the gradient, so that the slope is not lost in the rounding of the loss.
        direction.addi(gradient.div(gradient.norm2Number())).divi(direction.norm2Number());

        double ahead = loss(network, start, direction, WAY, data);
        double behind = loss(network, start, direction, -WAY, data);

        double slope = gradient.mul(direction).sumNumber().doubleValue();
        assertThat((ahead - behind) / (2 * WAY)).isEqualTo(slope, within(2e-3 * Math.abs(slope)));
    }

    /** As DL4J differentiates it: averaged over the outputs, summed over the windows. */
    private static double loss(
            MultiLayerNetwork network, INDArray start, INDArray direction, double way, DataSet data) {
        network.setParams(start.add(direction.mul(way).castTo(DataType.FLOAT)));
        INDArray error = output(network, data).castTo(DataType.DOUBLE).sub(data.getLabels());
        return error.mul(error).sumNumber().doubleValue() / OUTPUTS;
    }

    @Test
    void isThatOfDl4jInDoublePrecisionToSixDigits() {
        DataSet data = windows(50, 5, 30);
        MultiLayerNetwork exact = forecaster(DataType.DOUBLE, 64, stock(5, 64), stockLastStep(64, 64));
        MultiLayerNetwork network = forecaster(64, VectorLstm.sequence(5, 64), VectorLstm.lastStep(64, 64));
        network.setParams(exact.params().castTo(DataType.FLOAT));

        double distance = relativeDistance(gradient(network, data), gradient(exact, inDouble(data)));

        assertThat(distance).isLessThan(1e-6);
    }

    private static DataSet inDouble(DataSet data) {
        return new DataSet(
                data.getFeatures().castTo(DataType.DOUBLE), data.getLabels().castTo(DataType.DOUBLE));
    }

    private static double relativeDistance(INDArray actual, INDArray expected) {
        return actual.castTo(DataType.DOUBLE).sub(expected).norm2Number().doubleValue()
                / expected.norm2Number().doubleValue();
    }
}
