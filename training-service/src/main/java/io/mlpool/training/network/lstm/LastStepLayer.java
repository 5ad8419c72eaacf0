package io.mlpool.training.network.lstm;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LastTimeStepLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Asks the layer for its last step where it can give it, and lets DL4J cut it out of the sequence where not. */
final class LastStepLayer extends LastTimeStepLayer {

    private static final long serialVersionUID = 1L;

    private final transient VectorLstmLayer lstm;
    private transient boolean lastStepOnly;

    LastStepLayer(VectorLstmLayer lstm) {
        super(lstm);
        this.lstm = lstm;
    }

    @Override
    public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
        lstm.setInput(input, workspaces);
        return activate(training, workspaces);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        lastStepOnly = lstm.canVectorise();
        return lastStepOnly ? lstm.activateLastStep(training, workspaces) : super.activate(training, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
        return lastStepOnly ? lstm.backpropGradient(error, workspaces) : super.backpropGradient(error, workspaces);
    }
}
