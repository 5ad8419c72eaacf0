package io.mlpool.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A tool that a fresh machine may lack. A test that needs it is skipped with the reason, or fails when the variable
 * {@code MLPOOL_REQUIRE} names the tool ({@code mlflow,browser,python,prometheus,docker}).
 */
public enum Requirement {
    /** Python and a package index or the installed environment: see {@link RealMlflow}. */
    MLFLOW,
    /** Chromium and its driver: see {@link RealBrowser}. */
    BROWSER,
    /** Python with venv and a package index or the installed environment: see {@link RealPython}. */
    PYTHON,
    /** Prometheus and promtool: see {@link RealPrometheus}. */
    PROMETHEUS,
    /** A Docker engine that answers, and the images of this version. */
    DOCKER;

    /** What a test throws that cannot have its tool: {@code throw MLFLOW.unavailable(e)}. */
    public RuntimeException unavailable(Throwable reason) {
        return unavailable(Optional.ofNullable(System.getenv("MLPOOL_REQUIRE")).orElse(""), reason);
    }

    RuntimeException unavailable(String required, Throwable reason) {
        if (named(required).contains(this)) {
            throw new AssertionFailedError(
                    "MLPOOL_REQUIRE names %s, which this machine does not have: %s"
                            .formatted(label(), reason.getMessage()),
                    reason);
        }
        return new TestAbortedException("skipped without %s: %s".formatted(label(), reason.getMessage()), reason);
    }

    private static List<Requirement> named(String required) {
        return Stream.of(required.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Requirement::of)
                .toList();
    }

    private static Requirement of(String label) {
        return Arrays.stream(values())
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionFailedError("MLPOOL_REQUIRE must name some of %s, found %s"
                        .formatted(
                                Arrays.stream(values()).map(Requirement::label).collect(Collectors.joining(", ")),
                                label)));
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
