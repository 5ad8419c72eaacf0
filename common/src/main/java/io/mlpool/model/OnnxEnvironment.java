package io.mlpool.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.concurrent.CompletableFuture;

/** ONNX Runtime's one environment of this JVM. */
final class OnnxEnvironment {

    private static final long STACK_BYTES = 64 << 20;

    private OnnxEnvironment() {}

    /**
     * Opens it on a thread with a deep stack: version 1.29 reads the command line of the process with a regular expression that
     * recurses once for each character, and a class path of 13,000 characters ended the JVM with a segmentation fault.
     */
    static OrtEnvironment open() {
        CompletableFuture<OrtEnvironment> environment = new CompletableFuture<>();
        Thread opener = new Thread(
                null,
                () -> environment.completeAsync(OnnxEnvironment::silent, Runnable::run),
                "opens ONNX Runtime",
                STACK_BYTES);
        opener.start();
        return environment.join();
    }

    /** A pool tells nobody what it does; {@code ORT_DISABLE_TELEMETRY=1} says the same before the library is loaded. */
    private static OrtEnvironment silent() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            environment.setTelemetry(false);
            return environment;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot be told to send no telemetry", e);
        }
    }
}
