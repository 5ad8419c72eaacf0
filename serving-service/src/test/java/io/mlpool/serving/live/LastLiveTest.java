package io.mlpool.serving.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastLiveTest {

    private static final String NOTED = """
            {"registry":"MLflow at http://mlflow:5000","live":[{"slot":{"model":"price-1h","alias":"champion"},"version":
             {"model":"price-1h","version":3,"runId":"r","createdAt":"2024-06-01T00:00:00Z","tags":{"gate":"won"}}}]}""";

    @TempDir
    Path folder;

    @Test
    void whatWasNotedOfThisRegistryIsRecalled() throws IOException {
        assertThat(recalled(NOTED, "MLflow at http://mlflow:5000"))
                .extracting(entry -> entry.slot() + " " + entry.version().version())
                .containsExactly("price-1h@champion 3");
    }

    @Test
    void whatWasNotedOfAnotherRegistrySaysNothing() throws IOException {
        assertThat(recalled(NOTED, "folder /models/registry")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"registry\":\"here\"}",
                "{\"registry\":\"here\",\"live\":[{}]}",
                "{\"registry\":\"here\",\"live\":[{\"slot\":nu"
            })
    void whatMakesNoSenseSaysNothing(String content) throws IOException {
        assertThat(recalled(content, "here")).isEmpty();
    }

    @Test
    void nothingIsRecalledWhereNothingWasNoted() {
        assertThat(new LastLive(folder.resolve("last-live.json"), "here").recall())
                .isEmpty();
    }

    @Test
    void whatIsRememberedLeavesNoOtherFile() throws IOException {
        LastLive lastLive = new LastLive(folder.resolve("new/last-live.json"), "here");

        lastLive.remember(List.of());
        lastLive.remember(List.of());

        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).containsExactly(folder.resolve("new/last-live.json"));
        }
    }

    private List<LastLive.Entry> recalled(String content, String registry) throws IOException {
        return new LastLive(Files.writeString(folder.resolve("last-live.json"), content), registry).recall();
    }
}
