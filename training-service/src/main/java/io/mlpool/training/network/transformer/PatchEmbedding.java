package io.mlpool.training.network.transformer;

import java.util.Arrays;

/** Makes tokens of patches of steps: a linear map, and what tells their places apart. */
final class PatchEmbedding {

    private final EncoderShape shape;
    private final Linear patch;
    private final Parameter position;
    private final float[] positions;
    private final float[] positionGradient;

    PatchEmbedding(EncoderShape shape, EncoderParameters parameters) {
        this.shape = shape;
        this.patch = new Linear(parameters, EncoderParameters.PATCH);
        this.position = parameters.of(EncoderParameters.POSITION);
        this.positions = new float[position.size()];
        this.positionGradient = new float[position.size()];
    }

    void read(float[] parameters) {
        patch.read(parameters);
        System.arraycopy(parameters, position.offset(), positions, 0, positions.length);
        Arrays.fill(positionGradient, 0);
    }

    /** @param windows {@code [N x steps x features]}, of which {@code count} from {@code first} on are taken */
    void forward(float[] windows, int first, int count, Rows patches, Rows tokens) {
        int size = shape.patchSize();
        for (int window = 0; window < count; window++) {
            int from = ((first + window) * shape.steps() + shape.skippedSteps()) * shape.features();
            for (int token = 0; token < shape.tokens(); token++) {
                int at = patches.at(window * shape.tokens() + token);
                System.arraycopy(windows, from + token * size, patches.values(), at, size);
            }
        }
        patch.forward(patches, count * shape.tokens(), tokens);
        for (int row = 0; row < count * shape.tokens(); row++) {
            int from = row % shape.tokens() * shape.width();
            for (int i = 0; i < shape.width(); i++) {
                tokens.values()[tokens.at(row) + i] += positions[from + i];
            }
        }
    }

    void backward(Rows patches, Rows tokenError, int count) {
        int rows = count * shape.tokens();
        for (int row = 0; row < rows; row++) {
            int to = row % shape.tokens() * shape.width();
            for (int i = 0; i < shape.width(); i++) {
                positionGradient[to + i] += tokenError.values()[tokenError.at(row) + i];
            }
        }
        patch.backward(patches, tokenError, rows, null);
    }

    void write(float[] gradients) {
        patch.write(gradients);
        System.arraycopy(positionGradient, 0, gradients, position.offset(), positionGradient.length);
    }
}
