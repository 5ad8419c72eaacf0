package io.mlpool.standalone;

import static io.mlpool.standalone.Commands.execute;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands ask of a pool that runs, and what they say when it is not clear what is meant. */
class RunningPoolCommandsTest {

    private static final String COVERAGE = """
            [{"asset":"bitcoin","interval":"5m","candles":9000},{"asset":"bitcoin","interval":"1h","candles":700},
             {"asset":"ethereum","interval":"1h","candles":600}]""";

    @TempDir
    private Path home;

    @Test
    void ofSeveralModelsTheOneWithMostCandlesIsAskedAndTheCommandSaysSo() throws IOException {
        try (FakePool pool = FakePool.in(home)
                .answering("/models", models("1h", "5m"))
                .answering("/coverage", COVERAGE)
                .answering("/predict", "{}")) {
            Commands.Result result = execute("predict", "bitcoin", "--home", home.toString());

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err())
                    .isEqualTo(
                            "mlpool: models answer for 1h and 5m; this is from candles of 5m, as --interval 5m would say%n"
                                    .formatted());
            assertThat(pool.lastBody()).isEqualTo("{\"asset\":\"bitcoin\",\"interval\":\"5m\"}");
        }
    }

    @Test
    void whereOneModelIsLiveOrTheIntervalIsNamedNothingIsChosen() throws IOException {
        try (FakePool pool =
                FakePool.in(home).answering("/models", models("1h")).answering("/predict", "{}")) {
            assertThat(execute("predict", "bitcoin", "--home", home.toString()).err())
                    .isEmpty();
            assertThat(pool.lastBody()).isEqualTo("{\"asset\":\"bitcoin\"}");

            execute("predict", "bitcoin", "--interval", "1d", "--home", home.toString());
            assertThat(pool.lastBody()).isEqualTo("{\"asset\":\"bitcoin\",\"interval\":\"1d\"}");
        }
    }

    @Test
    void assetThatThePoolDoesNotHoldIsNotTrainedAndThoseThatItHoldsAreNamed() throws IOException {
        try (FakePool pool = FakePool.in(home).answering("/coverage", COVERAGE)) {
            Commands.Result result =
                    execute("train", "--interval", "1h", "--assets", "bitcoin,nix", "--home", home.toString());

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .isEqualTo(
                            "mlpool: --assets: the pool holds no 1h candles of nix; it holds those of bitcoin, ethereum%n"
                                    .formatted());
            assertThat(pool.lastBody()).isEmpty();
        }
    }

    private static String models(String... intervals) {
        StringBuilder models = new StringBuilder("{\"models\":[{\"name\":\"price-4h\",\"live\":{}}");
        for (String interval : intervals) {
            models.append(",{\"name\":\"price-%s\",\"live\":{\"champion\":{\"interval\":\"%s\"}}}"
                    .formatted(interval, interval));
        }
        return models.append("]}").toString();
    }
}
