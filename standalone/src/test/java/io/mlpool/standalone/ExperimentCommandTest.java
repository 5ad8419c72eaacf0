package io.mlpool.standalone;

import static io.mlpool.standalone.Commands.execute;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./mlpool experiment} asks of the pool that runs, and what it shows. */
class ExperimentCommandTest {

    private static final String RUNNING = """
            {"id":"wider","model":"price-1h","state":"running","control":1,"challenger":2,"terms":{"mode":"shadow"},"block_hours":24,
             "winner":null,"outcome":null,"standings":{"pairs":5760,"blocks":20,
             "difference":{"relative":-0.0312,"lower":-0.065,"upper":0.004},
             "horizons":[{"horizon":"1h","pairs":2880,"control":{"loss":0.004},"challenger":{"loss":0.0039},
                          "difference":{"relative":-0.025,"lower":null,"upper":null}}]}}""";

    @TempDir
    private Path folder;

    private String home = "";

    @BeforeEach
    void name() {
        home = folder.toString();
    }

    @Test
    void startSaysWhatIsWantedAndShowsWhatBegan() throws IOException {
        try (FakePool pool = FakePool.in(folder).answering("/experiments", RUNNING)) {
            Commands.Result result =
                    execute("experiment", "start", "price-1h", "--id", "wider", "--split", "0.1", "--home", home);

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(pool.lastBody())
                    .isEqualTo(
                            "{\"model\":\"price-1h\",\"mode\":\"split\",\"on_win\":\"tell\",\"id\":\"wider\",\"challenger_share\":0.1}");
            assertThat(result.out())
                    .contains(
                            "wider: running, version 1 : 2 of price-1h, shadow",
                            "loss -3.12 %, interval -6.50 % to +0.40 %, after 20 blocks of 24 hours and 5760 pairs; winner: none yet",
                            "0.004000    0.003900  -2.50 %     unknown");
        }
    }

    @Test
    void promoteAndStopAskForThat() throws IOException {
        try (FakePool pool = FakePool.in(folder)
                .answering("/experiments/wider/promote", RUNNING)
                .answering("/experiments/wider/stop", RUNNING)) {
            execute("experiment", "promote", "wider", "--force", "--home", home);
            assertThat(pool.lastBody()).isEqualTo("{\"force\":true}");

            execute("experiment", "stop", "wider", "--reason", "enough", "--home", home);
            assertThat(pool.lastBody()).isEqualTo("{\"reason\":\"enough\"}");
        }
    }

    @Test
    void withoutAPoolItSaysHowToStartOne() {
        assertThat(execute("experiment", "list", "--home", home).err()).contains("start one with ./mlpool run");
    }
}
