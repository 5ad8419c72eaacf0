package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import io.mlpool.features.FeatureSchema;
import io.mlpool.model.OnnxForecaster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /v2/models/.../infer} was asked.
 *
 * @param id to be sent back
 * @param shape of the window tensor
 * @param window its numbers, row by row
 * @param outputs wanted; all when empty
 */
record InferRequest(@Nullable String id, List<Integer> shape, float[] window, List<Output> outputs) {

    static final int MOST_WINDOWS = 256;

    InferRequest {
        shape = List.copyOf(shape);
        outputs = List.copyOf(outputs);
    }

    /** @param binary to be sent behind the JSON as little-endian bytes */
    record Output(String name, boolean binary) {}

    /**
     * How many windows these are.
     *
     * @throws RefusedException 400 when they are none of this schema
     */
    int windows(FeatureSchema schema) {
        if (shape.size() != 3 || shape.get(1) != schema.steps() || shape.get(2) != schema.width()) {
            throw new RefusedException(
                    400,
                    "input %s must have shape [N, %d, %d], found %s"
                            .formatted(OnnxForecaster.INPUT, schema.steps(), schema.width(), shape));
        }
        int windows = shape.getFirst();
        if (windows < 1 || windows > MOST_WINDOWS) {
            throw new RefusedException(
                    400, "1 to %d windows can be sent at once, found %d".formatted(MOST_WINDOWS, windows));
        }
        int numbers = windows * schema.steps() * schema.width();
        if (window.length != numbers) {
            throw new RefusedException(
                    400, "shape %s takes %d numbers, found %d".formatted(shape, numbers, window.length));
        }
        requireFinite();
        return windows;
    }

    private void requireFinite() {
        for (int i = 0; i < window.length; i++) {
            if (!Float.isFinite(window[i])) {
                throw new RefusedException(400, "number %d of the window is %s".formatted(i, window[i]));
            }
        }
    }
}
