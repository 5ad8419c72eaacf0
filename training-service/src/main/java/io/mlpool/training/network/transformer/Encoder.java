package io.mlpool.training.network.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Windows become tokens, tokens go through the blocks, and the newest one, normalised, is the answer. Works on slices of {@link Lanes#WINDOWS}
 * windows, and keeps of each what the backward pass needs.
 */
final class Encoder {

    private final EncoderShape shape;
    private final EncoderParameters parameters;
    private final PatchEmbedding embedding;
    private final List<EncoderBlock> blocks;
    private final LayerNorm norm;
    private final List<Memory> memories = new ArrayList<>();

    // Of one slice at a time.
    private final Rows tokens;
    private final Rows newest;

    private record Memory(Rows patches, List<EncoderBlock.Memory> blocks, LayerNorm.Memory norm) {

        static Memory of(EncoderShape shape) {
            return new Memory(
                    new Rows(Lanes.WINDOWS * shape.tokens(), shape.patchSize()),
                    IntStream.range(0, shape.blocks())
                            .mapToObj(block -> EncoderBlock.Memory.of(shape))
                            .toList(),
                    LayerNorm.Memory.of(Lanes.WINDOWS, shape.width()));
        }
    }

    Encoder(EncoderShape shape) {
        this.shape = shape;
        this.parameters = new EncoderParameters(shape);
        this.embedding = new PatchEmbedding(shape, parameters);
        this.blocks = IntStream.range(0, shape.blocks())
                .mapToObj(block -> new EncoderBlock(shape, parameters, block))
                .toList();
        this.norm = new LayerNorm(parameters, EncoderParameters.LAST_NORM);
        this.tokens = new Rows(Lanes.WINDOWS * shape.tokens(), shape.width());
        this.newest = new Rows(Lanes.WINDOWS, shape.width());
    }

    /**
     * Encodes windows.
     *
     * @param values of the parameters
     * @param windows {@code [count x steps x features]}, row by row
     * @param keep whether a backward pass follows
     * @return {@code [count x width]}, row by row
     */
    float[] forward(float[] values, float[] windows, int count, boolean keep) {
        embedding.read(values);
        blocks.forEach(block -> block.read(values));
        norm.read(values);
        float[] answers = new float[count * shape.width()];
        for (int from = 0; from < count; from += Lanes.WINDOWS) {
            Memory memory = memory(keep ? from / Lanes.WINDOWS : 0);
            forward(windows, from, Math.min(count - from, Lanes.WINDOWS), memory, answers);
        }
        return answers;
    }

    private void forward(float[] windows, int from, int count, Memory memory, float[] answers) {
        int rows = count * shape.tokens();
        embedding.forward(windows, from, count, memory.patches, tokens);
        for (int block = 0; block < blocks.size(); block++) {
            blocks.get(block).forward(tokens, count, rows, memory.blocks.get(block));
        }
        for (int window = 0; window < count; window++) {
            System.arraycopy(tokens.values(), newestOf(window), newest.values(), newest.at(window), shape.width());
        }
        norm.forward(newest, count, memory.norm, newest);
        for (int window = 0; window < count; window++) {
            System.arraycopy(
                    newest.values(), newest.at(window), answers, (from + window) * shape.width(), shape.width());
        }
    }

    /**
     * The gradient of the parameters for the windows of the last forward pass, which has kept them.
     *
     * @param errors of the answers, {@code [count x width]}
     */
    float[] backward(float[] errors, int count) {
        for (int from = 0; from < count; from += Lanes.WINDOWS) {
            backward(errors, from, Math.min(count - from, Lanes.WINDOWS), memory(from / Lanes.WINDOWS));
        }
        float[] gradients = new float[parameters.size()];
        embedding.write(gradients);
        blocks.forEach(block -> block.write(gradients));
        norm.write(gradients);
        return gradients;
    }

    private void backward(float[] errors, int from, int count, Memory memory) {
        for (int window = 0; window < count; window++) {
            int at = newest.at(window);
            System.arraycopy(errors, (from + window) * shape.width(), newest.values(), at, shape.width());
        }
        Rows passed = new Rows(Lanes.WINDOWS, shape.width());
        norm.backward(memory.norm, newest, count, passed);
        tokens.clear();
        for (int window = 0; window < count; window++) {
            System.arraycopy(passed.values(), passed.at(window), tokens.values(), newestOf(window), shape.width());
        }
        int rows = count * shape.tokens();
        for (int block = blocks.size() - 1; block >= 0; block--) {
            blocks.get(block).backward(tokens, count, rows, memory.blocks.get(block));
        }
        embedding.backward(memory.patches, tokens, count);
    }

    /** Where the newest token of a window of the slice begins. */
    private int newestOf(int window) {
        return tokens.at((window + 1) * shape.tokens() - 1);
    }

    private Memory memory(int slice) {
        while (memories.size() <= slice) {
            memories.add(Memory.of(shape));
        }
        return memories.get(slice);
    }
}
