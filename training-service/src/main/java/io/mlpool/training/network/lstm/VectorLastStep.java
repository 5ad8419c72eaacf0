package io.mlpool.training.network.lstm;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * DL4J's {@link LastTimeStep} around a {@link VectorLstm}: {@code [batch x features x steps] -> [batch x hidden]}. Neither
 * the outputs of the other steps nor their gradients, all zero, are ever written. With a mask it does what DL4J does.
 */
public final class VectorLastStep extends LastTimeStep {

    private static final long serialVersionUID = 1L;

    /** Hands on the last step of {@code layer}. */
    @JsonCreator
    public VectorLastStep(@JsonProperty("underlying") VectorLstm layer) {
        super(layer);
    }

    /** See {@link VectorLstm#withThreads}. */
    public VectorLastStep withThreads(int threads) {
        lstm().withThreads(threads);
        return this;
    }

    /** See {@link VectorLstm#asFirstLayer}. */
    public VectorLastStep asFirstLayer() {
        lstm().asFirstLayer();
        return this;
    }

    private VectorLstm lstm() {
        return (VectorLstm) getUnderlying();
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            @Nullable Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType dataType) {
        NeuralNetConfiguration inner = conf.clone();
        inner.setLayer(((LastTimeStep) inner.getLayer()).getUnderlying());
        Layer layer = getUnderlying().instantiate(inner, listeners, index, parameters, initialize, dataType);
        return new LastStepLayer((VectorLstmLayer) layer);
    }
}
