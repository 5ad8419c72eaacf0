package io.mlpool.training.network.transformer;

import java.util.Arrays;

/** Brings each row to mean 0 and variance 1, then to a mean and a scale that are learned (Ba et al. 2016, "Layer normalization"). */
final class LayerNorm {

    private final Parameter gain;
    private final Parameter bias;
    private final int width;
    private final float[] scale;
    private final float[] shift;
    private final float[] scaleGradient;
    private final float[] shiftGradient;

    /**
     * What the backward pass needs of the forward pass.
     *
     * @param normal the rows before gain and bias
     * @param inverse one over the standard deviation of each row
     */
    record Memory(Rows normal, float[] inverse) {

        static Memory of(int rows, int width) {
            return new Memory(new Rows(rows, width), new float[rows]);
        }
    }

    LayerNorm(EncoderParameters parameters, String name) {
        gain = parameters.of(name + EncoderParameters.GAIN);
        bias = parameters.of(name + EncoderParameters.BIAS);
        width = gain.columns();
        scale = new float[width];
        shift = new float[width];
        scaleGradient = new float[width];
        shiftGradient = new float[width];
    }

    void read(float[] parameters) {
        System.arraycopy(parameters, gain.offset(), scale, 0, width);
        System.arraycopy(parameters, bias.offset(), shift, 0, width);
        Arrays.fill(scaleGradient, 0);
        Arrays.fill(shiftGradient, 0);
    }

    void forward(Rows x, int rows, Memory memory, Rows y) {
        float[] in = x.values();
        float[] normal = memory.normal.values();
        float[] out = y.values();
        for (int row = 0; row < rows; row++) {
            int at = x.at(row);
            float mean = sum(in, at) / width;
            float squares = 0;
            for (int i = at; i < at + width; i++) {
                squares += (in[i] - mean) * (in[i] - mean);
            }
            float inverse = (float) (1 / Math.sqrt(squares / width + EncoderShape.EPSILON));
            memory.inverse[row] = inverse;
            for (int i = 0; i < width; i++) {
                normal[at + i] = (in[at + i] - mean) * inverse;
                out[at + i] = normal[at + i] * scale[i] + shift[i];
            }
        }
    }

    /** Adds to its gradient, and adds that of {@code x} to {@code xError}. */
    void backward(Memory memory, Rows yError, int rows, Rows xError) {
        float[] normal = memory.normal.values();
        float[] errors = yError.values();
        float[] out = xError.values();
        for (int row = 0; row < rows; row++) {
            int at = yError.at(row);
            float sum = 0;
            float along = 0;
            for (int i = 0; i < width; i++) {
                float error = errors[at + i];
                scaleGradient[i] += error * normal[at + i];
                shiftGradient[i] += error;
                sum += error * scale[i];
                along += error * scale[i] * normal[at + i];
            }
            float mean = sum / width;
            float slope = along / width;
            for (int i = 0; i < width; i++) {
                out[at + i] += memory.inverse[row] * (errors[at + i] * scale[i] - mean - normal[at + i] * slope);
            }
        }
    }

    void write(float[] gradients) {
        System.arraycopy(scaleGradient, 0, gradients, gain.offset(), width);
        System.arraycopy(shiftGradient, 0, gradients, bias.offset(), width);
    }

    private float sum(float[] values, int from) {
        float sum = 0;
        for (int i = from; i < from + width; i++) {
            sum += values[i];
        }
        return sum;
    }
}
