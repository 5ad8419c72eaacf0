package io.mlpool.training.network.lstm;

import static java.util.Objects.requireNonNull;
import static org.deeplearning4j.nn.params.LSTMParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.LSTMParamInitializer.INPUT_WEIGHT_KEY;
import static org.deeplearning4j.nn.params.LSTMParamInitializer.RECURRENT_WEIGHT_KEY;

import java.util.Map;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The three arrays of an LSTM in DL4J, its parameters or their gradient.
 *
 * @param inputWeights {@code [inputs x 4 hidden]} in Fortran order
 * @param recurrentWeights {@code [hidden x 4 hidden]} in Fortran order
 * @param bias {@code 4 hidden} numbers
 */
record LstmParameters(INDArray inputWeights, INDArray recurrentWeights, INDArray bias) {

    static LstmParameters of(Map<String, INDArray> arrays) {
        return new LstmParameters(
                requireNonNull(arrays.get(INPUT_WEIGHT_KEY), INPUT_WEIGHT_KEY),
                requireNonNull(arrays.get(RECURRENT_WEIGHT_KEY), RECURRENT_WEIGHT_KEY),
                requireNonNull(arrays.get(BIAS_KEY), BIAS_KEY));
    }

    Gradient asGradient() {
        Gradient gradient = new DefaultGradient();
        gradient.gradientForVariable().put(INPUT_WEIGHT_KEY, inputWeights);
        gradient.gradientForVariable().put(RECURRENT_WEIGHT_KEY, recurrentWeights);
        gradient.gradientForVariable().put(BIAS_KEY, bias);
        return gradient;
    }
}
