package io.mlpool.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docker/on-device}, with a {@code nvidia-smi} that tells what the test wants. */
@EnabledOnOs(OS.LINUX)
class OnDeviceTest {

    @TempDir
    private Path tools;

    @ParameterizedTest
    @ValueSource(strings = {"3.7", "7.0", "7.5", "8.0", "8.6", "7.5\\n8.6"})
    void gpuThatNd4jHasCodeForIsTakenWhereItIsWanted(String capabilities) throws Exception {
        devices(capabilities);

        assertThat(environmentOf(Map.of("GPU_ENABLED", "true"))).doesNotContain("BACKEND_PRIORITY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "8.9", "9.0", "10.0", "7.5\\n9.0"})
    void gpuThatItHasNoCodeForIsLeftAlone(String capabilities) throws Exception {
        devices(capabilities);

        assertThat(environmentOf(Map.of("GPU_ENABLED", "true")))
                .contains("BACKEND_PRIORITY_CPU=1000", "BACKEND_PRIORITY_GPU=0");
    }

    @Test
    void withoutADeviceTheCpuIsTaken() throws Exception {
        assertThat(environmentOf(Map.of("GPU_ENABLED", "true"))).contains("BACKEND_PRIORITY_CPU=1000");
    }

    @Test
    void gpuIsLeftAloneWhereItIsNotWanted() throws Exception {
        devices("7.5");

        assertThat(environmentOf(Map.of())).contains("BACKEND_PRIORITY_CPU=1000");
        assertThat(environmentOf(Map.of("GPU_ENABLED", "false"))).contains("BACKEND_PRIORITY_CPU=1000");
    }

    private void devices(String capabilities) throws IOException {
        Path tool =
                Files.writeString(tools.resolve("nvidia-smi"), "#!/bin/sh\nprintf '%s\\n'\n".formatted(capabilities));
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    /** What the program that it starts is given. */
    private String environmentOf(Map<String, String> settings) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Docker.project().resolve("docker/on-device").toString(), "env")
                .redirectErrorStream(true);
        builder.environment().remove("GPU_ENABLED");
        builder.environment().putAll(settings);
        builder.environment().merge("PATH", tools.toString(), (path, own) -> own + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
