package io.mlpool.training.network.lstm;

import io.mlpool.training.network.vector.VectorSupport;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link VectorLstm} at work. Decides for every batch whether to compute it here or to leave it to DL4J. */
final class VectorLstmLayer extends LSTM {

    private static final long serialVersionUID = 1L;

    private final int threads;
    private final boolean firstLayer;
    private final boolean supported;

    private transient @Nullable BatchLstm lstm;

    /** The input whose states are kept for the backward pass. */
    private transient @Nullable INDArray keptInput;

    VectorLstmLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        VectorLstm layer = (VectorLstm) conf.getLayer();
        this.threads = layer.threads();
        this.firstLayer = layer.isFirstLayer();
        this.supported = dataType == DataType.FLOAT
                && layer.getIDropout() == null
                && layer.getWeightNoise() == null
                && layer.getRnnDataFormat() != RNNFormat.NWC
                && layer.getActivationFn() instanceof ActivationTanH
                && layer.getGateActivationFn() instanceof ActivationSigmoid
                && VectorSupport.isPresent()
                && LstmShape.supports(layer.getNIn(), layer.getNOut());
    }

    /** Whether the current input and mask allow it; DL4J also reports what is wrong with an input that does not fit. */
    boolean canVectorise() {
        return supported
                && maskArray == null
                && input != null
                && input.rank() == 3
                && input.dataType() == DataType.FLOAT
                && input.size(1) == layerConf().getNIn();
    }

    @Override
    public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
        setInput(input, workspaces);
        return activate(training, workspaces);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!canVectorise()) {
            keptInput = null;
            return super.activate(training, workspaces);
        }
        INDArray output = create(workspaces, ArrayType.ACTIVATIONS, input.size(2), input.size(0), hidden());
        forward(training, output);
        return output.permute(1, 2, 0);
    }

    /** The output of the last step, {@code [batch x hidden]}. Only if {@link #canVectorise}. */
    INDArray activateLastStep(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray output = create(workspaces, ArrayType.ACTIVATIONS, input.size(0), hidden());
        forward(training, output);
        return output;
    }

    private void forward(boolean training, INDArray output) {
        BatchLstm batch = lstm();
        batch.readWeights(LstmParameters.of(params));
        if (training) {
            batch.forwardForTraining(input, output);
        } else {
            batch.forward(input, output);
        }
        keptInput = training ? input : null;
    }

    /**
     * As in DL4J, but takes the error of the last step too.
     *
     * @param error {@code [batch x hidden x steps]}, or {@code [batch x hidden]} for the last step only
     */
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
        if (!canVectorise()) {
            return super.backpropGradient(error, workspaces);
        }
        if (keptInput != input) {
            forward(true, create(workspaces, ArrayType.BP_WORKING_MEM, input.size(0), hidden()));
        }
        keptInput = null;
        INDArray inputError = firstLayer
                ? null
                : create(workspaces, ArrayType.ACTIVATION_GRAD, input.size(2), input.size(0), input.size(1));
        LstmParameters gradient = LstmParameters.of(gradientViews);
        lstm().backward(error, inputError, gradient);
        weightNoiseParams.clear();
        return new Pair<>(gradient.asGradient(), inputError == null ? null : inputError.permute(1, 2, 0));
    }

    private long hidden() {
        return layerConf().getNOut();
    }

    private BatchLstm lstm() {
        BatchLstm current = lstm;
        if (current == null) {
            LstmShape shape = LstmShape.of(layerConf().getNIn(), layerConf().getNOut());
            current = new BatchLstm(shape, threads);
            lstm = current;
        }
        return current;
    }

    private INDArray create(LayerWorkspaceMgr workspaces, ArrayType type, long... dimensions) {
        return workspaces.createUninitialized(type, dataType, dimensions, 'c');
    }
}
