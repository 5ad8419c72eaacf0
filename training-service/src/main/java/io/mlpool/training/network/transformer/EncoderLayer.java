package io.mlpool.training.network.transformer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link TransformerEncoder} at work. */
final class EncoderLayer extends BaseLayer<TransformerEncoder> {

    private static final long serialVersionUID = 1L;

    private final EncoderShape shape;
    private final transient Encoder encoder;

    /** The input that the encoder keeps what the backward pass needs of. */
    private transient @Nullable INDArray keptInput;

    EncoderLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        shape = ((TransformerEncoder) conf.getLayer()).shape();
        encoder = new Encoder(shape);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        if (maskArray != null) {
            throw new UnsupportedOperationException("a Transformer encoder knows no masks");
        }
        return workspaces.dup(
                ArrayType.ACTIVATIONS, Nd4j.create(forward(training), new long[] {count(), shape.width()}, 'c'));
    }

    private float[] forward(boolean keep) {
        keptInput = keep ? input : null;
        float[] windows = floats(input.permute(0, 2, 1));
        return encoder.forward(floats(paramsFlattened), windows, count(), keep);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (keptInput != input) {
            forward(true);
        }
        keptInput = null;
        float[] gradients = encoder.backward(floats(error), count());
        gradientsFlattened.assign(Nd4j.create(gradients, gradientsFlattened.shape(), 'c'));
        Gradient gradient = new DefaultGradient();
        gradientViews.forEach((name, view) -> gradient.gradientForVariable().put(name, view));
        return new Pair<>(gradient, null);
    }

    private int count() {
        return Math.toIntExact(input.size(0));
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }
}
