package io.mlpool.training.network.transformer;

import io.mlpool.training.network.transformer.Parameter.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the parameters of an encoder lie in one array, by name. */
public final class EncoderParameters {

    public static final String WEIGHTS = ".W";
    public static final String BIAS = ".b";
    public static final String GAIN = ".gain";

    public static final String PATCH = "patch";
    public static final String POSITION = "position";
    public static final String LAST_NORM = "norm";

    private final Map<String, Parameter> byName = new LinkedHashMap<>();
    private int size;

    EncoderParameters(EncoderShape shape) {
        int width = shape.width();
        addLinear(PATCH, Role.WEIGHT, shape.patchSize(), width);
        add(POSITION, Role.POSITION, shape.tokens(), width);
        for (int block = 0; block < shape.blocks(); block++) {
            addNorm(attentionNorm(block), width);
            addLinear(queryKeyValue(block), Role.WEIGHT, width, 3 * width);
            addLinear(joined(block), Role.RESIDUAL, width, width);
            addNorm(feedForwardNorm(block), width);
            addLinear(inner(block), Role.WEIGHT, width, shape.inner());
            addLinear(outer(block), Role.RESIDUAL, shape.inner(), width);
        }
        addNorm(LAST_NORM, width);
    }

    public static String attentionNorm(int block) {
        return block + ".attention.norm";
    }

    /** Queries, keys and values of all heads, beside each other. */
    public static String queryKeyValue(int block) {
        return block + ".attention";
    }

    /** What the heads found, made a token again. */
    public static String joined(int block) {
        return block + ".joined";
    }

    public static String feedForwardNorm(int block) {
        return block + ".feed-forward.norm";
    }

    public static String inner(int block) {
        return block + ".inner";
    }

    public static String outer(int block) {
        return block + ".outer";
    }

    private void addLinear(String name, Role role, int rows, int columns) {
        add(name + WEIGHTS, role, rows, columns);
        add(name + BIAS, Role.BIAS, 1, columns);
    }

    private void addNorm(String name, int width) {
        add(name + GAIN, Role.GAIN, 1, width);
        add(name + BIAS, Role.BIAS, 1, width);
    }

    private void add(String name, Role role, int rows, int columns) {
        byName.put(name, new Parameter(name, role, size, rows, columns));
        size += rows * columns;
    }

    List<Parameter> all() {
        return List.copyOf(byName.values());
    }

    Parameter of(String name) {
        Parameter parameter = byName.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "an encoder has no parameter '%s', it has %s".formatted(name, byName.keySet()));
        }
        return parameter;
    }

    /** Numbers in all. */
    int size() {
        return size;
    }
}
