package io.mlpool.training.network.transformer;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The first layer of a network of DL4J: {@code [batch x features x steps] -> [batch x width]}, a Transformer encoder over patches of steps whose
 * newest token is handed on. It computes on the CPU, in single precision, and hands back no gradient of its input. Not for masks.
 */
public final class TransformerEncoder extends FeedForwardLayer {

    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int steps;

    @JsonProperty
    private int patch;

    @JsonProperty
    private int blocks;

    @JsonProperty
    private int heads;

    @JsonProperty
    private int inner;

    /** For reading a saved network. */
    TransformerEncoder() {}

    public static TransformerEncoder of(EncoderShape shape) {
        TransformerEncoder encoder = new TransformerEncoder();
        encoder.nIn = shape.features();
        encoder.nOut = shape.width();
        encoder.steps = shape.steps();
        encoder.patch = shape.patch();
        encoder.blocks = shape.blocks();
        encoder.heads = shape.heads();
        encoder.inner = shape.inner();
        return encoder;
    }

    public EncoderShape shape() {
        return new EncoderShape(Math.toIntExact(nIn), steps, patch, Math.toIntExact(nOut), blocks, heads, inner);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            @Nullable Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType dataType) {
        EncoderLayer layer = new EncoderLayer(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, initialize));
        layer.setConf(conf);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return EncoderInitializer.ONLY;
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return InputType.feedForward(nOut);
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType input) {
        long numbers = EncoderInitializer.ONLY.numParams(this);
        return new LayerMemoryReport.Builder(
                        getLayerName(), TransformerEncoder.class, input, InputType.feedForward(nOut))
                .standardMemory(numbers, 2 * numbers)
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TransformerEncoder that && super.equals(other) && shape().equals(that.shape());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), steps, patch, blocks, heads, inner);
    }
}
