package io.mlpool.training.network.transformer;

import static io.mlpool.training.network.transformer.Lanes.WINDOWS;

/**
 * Scaled dot-product attention of several heads (Vaswani et al. 2017, "Attention is all you need"): each token takes the mean of the values of
 * all tokens of its window, weighted by the softmax of how well its query meets their keys.
 */
final class AttentionHeads {

    private final EncoderShape shape;
    private final int tokens;
    private final int headWidth;

    // Of one slice at a time.
    private final Lanes found;
    private final Lanes errors;
    private final Lanes slopes;
    private final float[] run = new float[WINDOWS];
    private final float[] sums = new float[WINDOWS];

    /**
     * What the backward pass needs of the forward pass.
     *
     * @param queryKeyValue the three beside each other, as they came in
     * @param weights how much the token {@code i} takes from {@code j} in a head, at token {@code head * tokens + i}, channel {@code j}
     */
    record Memory(Lanes queryKeyValue, Lanes weights) {

        static Memory of(EncoderShape shape) {
            return new Memory(
                    new Lanes(shape.tokens(), 3 * shape.width()),
                    new Lanes(shape.heads() * shape.tokens(), shape.tokens()));
        }
    }

    AttentionHeads(EncoderShape shape) {
        this.shape = shape;
        this.tokens = shape.tokens();
        this.headWidth = shape.headWidth();
        this.found = new Lanes(tokens, shape.width());
        this.errors = new Lanes(tokens, 3 * shape.width());
        this.slopes = new Lanes(1, tokens);
    }

    /**
     * What each token takes from all.
     *
     * @param queryKeyValue {@code [windows * tokens, 3 * width]}
     * @param result {@code [windows * tokens, width]}, heads beside each other
     */
    void forward(Rows queryKeyValue, int windows, Memory memory, Rows result) {
        memory.queryKeyValue.gather(queryKeyValue, windows);
        found.clear();
        for (int head = 0; head < shape.heads(); head++) {
            for (int token = 0; token < tokens; token++) {
                score(memory, head, token);
                softmax(memory.weights, head * tokens + token);
                collect(memory, head, token);
            }
        }
        found.scatter(result, windows);
    }

    private void score(Memory memory, int head, int token) {
        Lanes in = memory.queryKeyValue;
        float[] scores = memory.weights.values();
        float scale = shape.attentionScale();
        for (int other = 0; other < tokens; other++) {
            int at = memory.weights.at(head * tokens + token, other);
            for (int i = 0; i < WINDOWS; i++) {
                scores[at + i] = 0;
            }
            for (int c = 0; c < headWidth; c++) {
                int query = in.at(token, query(head) + c);
                int key = in.at(other, key(head) + c);
                Lanes.addProduct(in.values(), query, in.values(), key, scores, at);
            }
            for (int i = 0; i < WINDOWS; i++) {
                scores[at + i] *= scale;
            }
        }
    }

    private void softmax(Lanes weights, int row) {
        float[] values = weights.values();
        int first = weights.at(row, 0);
        int end = first + tokens * WINDOWS;
        System.arraycopy(values, first, run, 0, WINDOWS);
        for (int at = first; at < end; at += WINDOWS) {
            for (int i = 0; i < WINDOWS; i++) {
                run[i] = Math.max(run[i], values[at + i]);
            }
        }
        for (int i = 0; i < WINDOWS; i++) {
            sums[i] = 0;
        }
        for (int at = first; at < end; at += WINDOWS) {
            for (int i = 0; i < WINDOWS; i++) {
                values[at + i] = Exponential.of(values[at + i] - run[i]);
                sums[i] += values[at + i];
            }
        }
        for (int i = 0; i < WINDOWS; i++) {
            sums[i] = 1 / sums[i];
        }
        for (int at = first; at < end; at += WINDOWS) {
            Lanes.multiply(values, at, sums, 0);
        }
    }

    private void collect(Memory memory, int head, int token) {
        Lanes in = memory.queryKeyValue;
        for (int c = 0; c < headWidth; c++) {
            int to = found.at(token, head * headWidth + c);
            for (int other = 0; other < tokens; other++) {
                int weight = memory.weights.at(head * tokens + token, other);
                int value = in.at(other, value(head) + c);
                Lanes.addProduct(memory.weights.values(), weight, in.values(), value, found.values(), to);
            }
        }
    }

    /** From the error of the result to that of queries, keys and values. */
    void backward(Memory memory, Rows resultError, int windows, Rows queryKeyValueError) {
        found.gather(resultError, windows);
        errors.clear();
        for (int head = 0; head < shape.heads(); head++) {
            for (int token = 0; token < tokens; token++) {
                passToValues(memory, head, token);
                passThroughSoftmax(memory.weights, head * tokens + token);
                passToQueryAndKeys(memory, head, token);
            }
        }
        errors.scatter(queryKeyValueError, windows);
    }

    private void passToValues(Memory memory, int head, int token) {
        Lanes in = memory.queryKeyValue;
        slopes.clear();
        for (int other = 0; other < tokens; other++) {
            int weight = memory.weights.at(head * tokens + token, other);
            int slope = slopes.at(0, other);
            for (int c = 0; c < headWidth; c++) {
                int error = found.at(token, head * headWidth + c);
                int value = in.at(other, value(head) + c);
                Lanes.addProduct(memory.weights.values(), weight, found.values(), error, errors.values(), value);
                Lanes.addProduct(found.values(), error, in.values(), value, slopes.values(), slope);
            }
        }
    }

    private void passThroughSoftmax(Lanes weights, int row) {
        float[] of = slopes.values();
        float scale = shape.attentionScale();
        for (int i = 0; i < WINDOWS; i++) {
            run[i] = 0;
        }
        for (int other = 0; other < tokens; other++) {
            Lanes.addProduct(weights.values(), weights.at(row, other), of, slopes.at(0, other), run, 0);
        }
        for (int other = 0; other < tokens; other++) {
            int slope = slopes.at(0, other);
            for (int i = 0; i < WINDOWS; i++) {
                of[slope + i] = scale * (of[slope + i] - run[i]);
            }
            Lanes.multiply(of, slope, weights.values(), weights.at(row, other));
        }
    }

    private void passToQueryAndKeys(Memory memory, int head, int token) {
        Lanes in = memory.queryKeyValue;
        for (int other = 0; other < tokens; other++) {
            int slope = slopes.at(0, other);
            for (int c = 0; c < headWidth; c++) {
                int query = in.at(token, query(head) + c);
                int key = in.at(other, key(head) + c);
                Lanes.addProduct(slopes.values(), slope, in.values(), key, errors.values(), query);
                Lanes.addProduct(slopes.values(), slope, in.values(), query, errors.values(), key);
            }
        }
    }

    private int query(int head) {
        return head * headWidth;
    }

    private int key(int head) {
        return shape.width() + head * headWidth;
    }

    private int value(int head) {
        return 2 * shape.width() + head * headWidth;
    }
}
