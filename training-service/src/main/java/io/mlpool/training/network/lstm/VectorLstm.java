package io.mlpool.training.network.lstm;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * DL4J's {@link LSTM}, many times faster on a CPU: the same parameters in the same layout, so that parameters and
 * updater state of either load into the other, and the same results up to rounding.
 *
 * <pre>{@code
 * .layer(VectorLstm.lastStep(24, 64))                          // [batch x 24 x steps] -> [batch x 64]
 * .layer(VectorLstm.sequence(24, 64).asFirstLayer().withThreads(2))   // -> [batch x 64 x steps]
 * }</pre>
 *
 * <p>Without notice the layer computes as DL4J does where it cannot be faster: with masks, dropout, weight noise,
 * other activations than tanh and sigmoid, channels-last data, another data type than {@code FLOAT}, a number of hidden
 * units that is not a multiple of the machine's vector length (16 with AVX-512, 8 with AVX2), for truncated
 * backpropagation and {@code rnnTimeStep}, on a graphics card, and in a JVM that was started without {@code
 * --add-modules jdk.incubator.vector}.
 */
public final class VectorLstm extends LSTM {

    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int threads = 1;

    @JsonProperty
    private boolean firstLayer;

    /** For reading a saved network. */
    VectorLstm() {}

    /** A layer of {@code nOut} tanh units over {@code nIn} features that hands on the outputs of all steps. */
    public static VectorLstm sequence(int nIn, int nOut) {
        return of(new LSTM.Builder()
                .nIn(nIn)
                .nOut(nOut)
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID)
                .build());
    }

    /** A layer of {@code nOut} tanh units over {@code nIn} features that hands on the output of the last step only. */
    public static VectorLastStep lastStep(int nIn, int nOut) {
        return new VectorLastStep(sequence(nIn, nOut));
    }

    /** A layer with all settings of {@code stock}, which stays as it is but shares its parts. */
    public static VectorLstm of(LSTM stock) {
        VectorLstm layer = new VectorLstm();
        layer.setLayerName(stock.getLayerName());
        layer.setIDropout(stock.getIDropout());
        layer.setConstraints(stock.getConstraints());
        layer.setActivationFn(stock.getActivationFn());
        layer.setWeightInitFn(stock.getWeightInitFn());
        layer.setBiasInit(stock.getBiasInit());
        layer.setGainInit(stock.getGainInit());
        layer.setRegularization(stock.getRegularization());
        layer.setRegularizationBias(stock.getRegularizationBias());
        layer.setIUpdater(stock.getIUpdater());
        layer.setBiasUpdater(stock.getBiasUpdater());
        layer.setWeightNoise(stock.getWeightNoise());
        layer.setGradientNormalization(stock.getGradientNormalization());
        layer.setGradientNormalizationThreshold(stock.getGradientNormalizationThreshold());
        layer.setNIn(stock.getNIn());
        layer.setNOut(stock.getNOut());
        layer.setTimeDistributedFormat(stock.getTimeDistributedFormat());
        layer.setWeightInitFnRecurrent(stock.getWeightInitFnRecurrent());
        layer.setRnnDataFormat(stock.getRnnDataFormat());
        layer.setForgetGateBiasInit(stock.getForgetGateBiasInit());
        layer.setGateActivationFn(stock.getGateActivationFn());
        layer.setHelperAllowFallback(stock.isHelperAllowFallback());
        return layer;
    }

    /**
     * Shares the sequences of a batch out among {@code threads} threads. The results are bit for bit those of one thread.
     *
     * @throws IllegalArgumentException if {@code threads} is not positive
     */
    public VectorLstm withThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be positive, found " + threads);
        }
        this.threads = threads;
        return this;
    }

    /**
     * Says that nobody needs the gradient with respect to this layer's input, which spares a product in every step. The
     * layer then hands back no such gradient: not for a layer with others or a preprocessor before it.
     */
    public VectorLstm asFirstLayer() {
        this.firstLayer = true;
        return this;
    }

    int threads() {
        return threads;
    }

    boolean isFirstLayer() {
        return firstLayer;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            @Nullable Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType dataType) {
        LayerValidation.assertNInNOutSet("VectorLstm", getLayerName(), index, getNIn(), getNOut());
        VectorLstmLayer layer = new VectorLstmLayer(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, initialize));
        layer.setConf(conf);
        return layer;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VectorLstm that
                && threads == that.threads
                && firstLayer == that.firstLayer
                && super.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + 2 * threads + (firstLayer ? 1 : 0);
    }
}
