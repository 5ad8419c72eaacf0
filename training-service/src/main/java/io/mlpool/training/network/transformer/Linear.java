package io.mlpool.training.network.transformer;

import io.mlpool.training.network.vector.Product;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code y = x W + b} of each row. */
final class Linear {

    private final Parameter weight;
    private final Parameter bias;
    private final Rows weights;
    private final Rows transposed;
    private final Rows gradient;
    private final float[] shift;
    private final float[] shiftGradient;

    Linear(EncoderParameters parameters, String name) {
        weight = parameters.of(name + EncoderParameters.WEIGHTS);
        bias = parameters.of(name + EncoderParameters.BIAS);
        weights = new Rows(weight.rows(), weight.columns());
        transposed = new Rows(weight.columns(), weight.rows());
        gradient = new Rows(weight.rows(), weight.columns());
        shift = new float[weight.columns()];
        shiftGradient = new float[weight.columns()];
    }

    /** Takes its weights from those of the encoder, and forgets its gradient. */
    void read(float[] parameters) {
        for (int row = 0; row < weight.rows(); row++) {
            int from = weight.offset() + row * weight.columns();
            System.arraycopy(parameters, from, weights.values(), weights.at(row), weight.columns());
            for (int column = 0; column < weight.columns(); column++) {
                transposed.values()[transposed.at(column) + row] = parameters[from + column];
            }
        }
        System.arraycopy(parameters, bias.offset(), shift, 0, shift.length);
        gradient.clear();
        Arrays.fill(shiftGradient, 0);
    }

    void forward(Rows x, int rows, Rows y) {
        Product.assign(x.left(rows), weights.right(weight.rows()), y.result(rows));
        float[] values = y.values();
        for (int row = 0; row < rows; row++) {
            int at = y.at(row);
            for (int i = 0; i < shift.length; i++) {
                values[at + i] += shift[i];
            }
        }
    }

    /** Adds to its gradient, and writes that of {@code x} where somebody asks for it. */
    void backward(Rows x, Rows yError, int rows, @Nullable Rows xError) {
        Product.add(x.transposed(rows), yError.right(rows), gradient.result(weight.rows()));
        float[] errors = yError.values();
        for (int row = 0; row < rows; row++) {
            int at = yError.at(row);
            for (int i = 0; i < shiftGradient.length; i++) {
                shiftGradient[i] += errors[at + i];
            }
        }
        if (xError != null) {
            Product.assign(yError.left(rows), transposed.right(weight.columns()), xError.result(rows));
        }
    }

    /** Writes its gradient where its weights stand among those of the encoder. */
    void write(float[] gradients) {
        for (int row = 0; row < weight.rows(); row++) {
            System.arraycopy(
                    gradient.values(),
                    gradient.at(row),
                    gradients,
                    weight.offset() + row * weight.columns(),
                    weight.columns());
        }
        System.arraycopy(shiftGradient, 0, gradients, bias.offset(), shiftGradient.length);
    }
}
