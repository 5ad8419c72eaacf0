package io.mlpool.standalone.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NabCorpusTest {

    private static final String ROWS = """
            timestamp,value
            2014-04-01 00:00:00,1.5
            2014-04-01 00:05:00,2.5
            2014-04-01 00:10:00,-3
            """;

    @TempDir
    Path folder;

    @Test
    void seriesHaveTheirWindowsByTheirTimes() throws IOException {
        windows("""
                {"real/a.csv": [["2014-04-01 00:05:00.000000", "2014-04-01 00:10:00.000000"]], "real/b.csv": []}""");
        Files.writeString(data().resolve("b.csv"), ROWS);
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(data().resolve("a.csv.gz")))) {
            packed.write(ROWS.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(NabCorpus.read(folder))
                .satisfiesExactly(
                        a -> {
                            assertThat(a.name()).isEqualTo("real/a.csv");
                            assertThat(a.values()).containsExactly(1.5f, 2.5f, -3);
                            assertThat(a.windows()).containsExactly(new NabSeries.Window(1, 2));
                        },
                        b -> assertThat(b.windows()).isEmpty());
    }

    @Test
    void aFolderThatHoldsNoCorpusIsNamed() {
        assertThatThrownBy(() -> NabCorpus.read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no corpus of NAB, there is no " + folder);
    }

    @Test
    void aWindowAtATimeThatIsNotThereIsRefused() throws IOException {
        windows("{\"real/a.csv\": [[\"2014-04-01 00:07:00.000000\", \"2014-04-01 00:10:00.000000\"]]}");
        Files.writeString(data().resolve("a.csv"), ROWS);

        assertThatThrownBy(() -> NabCorpus.read(folder))
                .hasMessageContaining("a window goes from a row to a later one");
    }

    private Path data() throws IOException {
        return Files.createDirectories(folder.resolve("data/real"));
    }

    private void windows(String json) throws IOException {
        Files.writeString(folder.resolve("combined_windows.json"), json);
    }
}
