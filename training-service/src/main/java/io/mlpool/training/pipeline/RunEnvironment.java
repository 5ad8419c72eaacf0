package io.mlpool.training.pipeline;

import io.mlpool.training.Trainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run is executed by and on: the bits of its result depend on it. */
final class RunEnvironment {

    private RunEnvironment() {}

    /** By name: {@code code}, {@code git_commit} where it is known, {@code java}, {@code os}, and what the trainer computes with. */
    static Map<String, String> of(Trainer trainer) {
        Map<String, String> environment = new TreeMap<>(trainer.engine());
        environment.put(
                "code",
                Objects.requireNonNullElse(
                        RunEnvironment.class.getPackage().getImplementationVersion(), "development"));
        environment.put("java", Runtime.version().toString());
        environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("arch", System.getProperty("os.arch"));
        environment.put("omp_num_threads", Objects.requireNonNullElse(System.getenv("OMP_NUM_THREADS"), "unset"));
        String commit = commit();
        if (commit != null) {
            environment.put("git_commit", commit);
        }
        return environment;
    }

    /** Written at build time; absent when this was not built from a Git repository. */
    private static @Nullable String commit() {
        try (InputStream in = RunEnvironment.class.getResourceAsStream("/git.properties")) {
            Properties git = new Properties();
            if (in != null) {
                git.load(in);
            }
            return git.getProperty("git.commit.id");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read which commit this was built from", e);
        }
    }
}
