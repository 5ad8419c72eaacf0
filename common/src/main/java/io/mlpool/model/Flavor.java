package io.mlpool.model;

import java.util.Arrays;

/** How the weights of a bundle lie in it, by the names that MLflow's tools know. */
public enum Flavor {
    ONNX("onnx", "model.onnx"),
    XGBOOST("xgboost", "model.ubj");

    private final String label;
    private final String weights;

    Flavor(String label, String weights) {
        this.label = label;
        this.weights = weights;
    }

    public String label() {
        return label;
    }

    /** The module of Python that loads it as a function. */
    public String loader() {
        return "mlflow." + label;
    }

    /** Name of the file that holds the weights, before it is encrypted. */
    public String weights() {
        return weights;
    }

    /** The one whose weights a bundle holds. */
    static Flavor of(ModelBundle bundle) {
        return Arrays.stream(values())
                .filter(flavor -> bundle.file(flavor.weights).exists())
                .findFirst()
                .orElseThrow(() -> new BrokenBundleException(
                        "the model bundle %s holds no weights".formatted(bundle.directory())));
    }
}
