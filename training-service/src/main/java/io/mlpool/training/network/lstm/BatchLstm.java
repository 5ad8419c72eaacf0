package io.mlpool.training.network.lstm;

import io.mlpool.training.network.vector.FloatView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer's arithmetic over whole batches: cuts them into slices and shares the slices out among threads.
 *
 * <p>The cut depends on the batch alone and the gradients of the slices are added in their order, so the result is bit
 * for bit the same for every number of threads.
 */
final class BatchLstm {

    private final LstmShape shape;
    private final int threads;
    private final LstmWeights weights;
    private final List<LstmSlice> slices = new ArrayList<>();

    BatchLstm(LstmShape shape, int threads) {
        this.shape = shape;
        this.threads = threads;
        this.weights = new LstmWeights(shape);
    }

    /** Copies the parameters; to be called whenever they may have changed. */
    void readWeights(LstmParameters parameters) {
        weights.read(parameters);
    }

    /**
     * Computes the outputs and keeps what {@link #backward} needs.
     *
     * @param input {@code [batch x inputs x steps]}
     * @param output {@code [steps x batch x hidden]}, or {@code [batch x hidden]} for the last step only
     */
    void forwardForTraining(INDArray input, INDArray output) {
        int count = sliceCount(input);
        provideSlices(count);
        SliceLoop.run(count, threads, (index, thread) -> forward(slices.get(index), index, input, output));
    }

    /** Computes the outputs and keeps nothing, so that a large batch needs little memory. */
    void forward(INDArray input, INDArray output) {
        provideSlices(threads);
        SliceLoop.run(sliceCount(input), threads, (index, thread) -> forward(slices.get(thread), index, input, output));
    }

    private void forward(LstmSlice slice, int index, INDArray input, INDArray output) {
        int first = index * SliceMemory.ROWS;
        int rows = Math.min(SliceMemory.ROWS, Math.toIntExact(input.size(0)) - first);
        slice.forward(new FloatView(input), first, rows, weights);
        if (output.rank() == 2) {
            slice.writeLastStep(new FloatView(output));
        } else {
            slice.writeSequence(new FloatView(output));
        }
    }

    /**
     * Computes the gradients of the batch that {@link #forwardForTraining} saw last; once only, for it uses up what was
     * kept.
     *
     * @param outputError {@code [batch x hidden x steps]}, or {@code [batch x hidden]} for the last step only
     * @param inputError receives {@code [steps x batch x inputs]}; null if nobody needs it
     * @param gradient receives the gradient of the parameters
     */
    void backward(INDArray outputError, @Nullable INDArray inputError, LstmParameters gradient) {
        int count = LstmShape.roundUp(Math.toIntExact(outputError.size(0)), SliceMemory.ROWS) / SliceMemory.ROWS;
        float[][] gradients = new float[count][];
        SliceLoop.run(count, threads, (index, thread) -> {
            FloatView target = inputError == null ? null : new FloatView(inputError);
            gradients[index] = slices.get(index).backward(new FloatView(outputError), weights, target);
        });
        weights.writeGradient(sum(gradients), gradient);
    }

    private static float[] sum(float[][] gradients) {
        float[] total = gradients[0];
        for (int index = 1; index < gradients.length; index++) {
            float[] next = gradients[index];
            for (int i = 0; i < total.length; i++) {
                total[i] += next[i];
            }
        }
        return total;
    }

    private static int sliceCount(INDArray input) {
        return (Math.toIntExact(input.size(0)) + SliceMemory.ROWS - 1) / SliceMemory.ROWS;
    }

    private void provideSlices(int count) {
        while (slices.size() < count) {
            slices.add(new LstmSlice(shape));
        }
    }
}
