package io.mlpool.training.network.transformer;

import java.util.List;

/**
 * One block: tokens attend to each other, then each goes through a feed-forward layer; both are normalised before and added to the token (Xiong
 * et al. 2020, "On layer normalization in the Transformer architecture").
 */
final class EncoderBlock {

    private final LayerNorm attentionNorm;
    private final Linear queryKeyValue;
    private final AttentionHeads heads;
    private final Linear joined;
    private final LayerNorm feedForwardNorm;
    private final Linear inner;
    private final Linear outer;

    // Of one slice at a time.
    private final Rows wide;
    private final Rows narrow;
    private final Rows hidden;

    /** What the backward pass needs of the forward pass. */
    record Memory(
            LayerNorm.Memory attentionNorm,
            Rows attending,
            AttentionHeads.Memory heads,
            Rows found,
            LayerNorm.Memory feedForwardNorm,
            Rows fed,
            Rows hidden) {

        static Memory of(EncoderShape shape) {
            int rows = Lanes.WINDOWS * shape.tokens();
            int width = shape.width();
            return new Memory(
                    LayerNorm.Memory.of(rows, width),
                    new Rows(rows, width),
                    AttentionHeads.Memory.of(shape),
                    new Rows(rows, width),
                    LayerNorm.Memory.of(rows, width),
                    new Rows(rows, width),
                    new Rows(rows, shape.inner()));
        }
    }

    EncoderBlock(EncoderShape shape, EncoderParameters parameters, int block) {
        int rows = Lanes.WINDOWS * shape.tokens();
        attentionNorm = new LayerNorm(parameters, EncoderParameters.attentionNorm(block));
        queryKeyValue = new Linear(parameters, EncoderParameters.queryKeyValue(block));
        heads = new AttentionHeads(shape);
        joined = new Linear(parameters, EncoderParameters.joined(block));
        feedForwardNorm = new LayerNorm(parameters, EncoderParameters.feedForwardNorm(block));
        inner = new Linear(parameters, EncoderParameters.inner(block));
        outer = new Linear(parameters, EncoderParameters.outer(block));
        wide = new Rows(rows, 3 * shape.width());
        narrow = new Rows(rows, shape.width());
        hidden = new Rows(rows, shape.inner());
    }

    void read(float[] parameters) {
        norms().forEach(norm -> norm.read(parameters));
        linears().forEach(linear -> linear.read(parameters));
    }

    /** Changes the tokens, rows of one window after the other. */
    void forward(Rows tokens, int windows, int rows, Memory memory) {
        attentionNorm.forward(tokens, rows, memory.attentionNorm, memory.attending);
        queryKeyValue.forward(memory.attending, rows, wide);
        heads.forward(wide, windows, memory.heads, memory.found);
        joined.forward(memory.found, rows, narrow);
        tokens.add(narrow, rows);
        feedForwardNorm.forward(tokens, rows, memory.feedForwardNorm, memory.fed);
        inner.forward(memory.fed, rows, memory.hidden);
        rectify(memory.hidden, rows);
        outer.forward(memory.hidden, rows, narrow);
        tokens.add(narrow, rows);
    }

    /** Turns the error of the tokens that came out into that of those that came in. */
    void backward(Rows tokenError, int windows, int rows, Memory memory) {
        outer.backward(memory.hidden, tokenError, rows, hidden);
        stopWhereZero(memory.hidden, hidden, rows);
        inner.backward(memory.fed, hidden, rows, narrow);
        feedForwardNorm.backward(memory.feedForwardNorm, narrow, rows, tokenError);
        joined.backward(memory.found, tokenError, rows, narrow);
        heads.backward(memory.heads, narrow, windows, wide);
        queryKeyValue.backward(memory.attending, wide, rows, narrow);
        attentionNorm.backward(memory.attentionNorm, narrow, rows, tokenError);
    }

    void write(float[] gradients) {
        norms().forEach(norm -> norm.write(gradients));
        linears().forEach(linear -> linear.write(gradients));
    }

    private static void rectify(Rows rows, int count) {
        float[] values = rows.values();
        for (int i = 0; i < rows.at(count); i++) {
            values[i] = Math.max(values[i], 0);
        }
    }

    private static void stopWhereZero(Rows rectified, Rows error, int count) {
        float[] signs = rectified.values();
        float[] errors = error.values();
        for (int i = 0; i < rectified.at(count); i++) {
            errors[i] *= Math.signum(signs[i]);
        }
    }

    private List<LayerNorm> norms() {
        return List.of(attentionNorm, feedForwardNorm);
    }

    private List<Linear> linears() {
        return List.of(queryKeyValue, joined, inner, outer);
    }
}
