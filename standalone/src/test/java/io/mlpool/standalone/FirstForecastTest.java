package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start shows at its end. */
class FirstForecastTest {

    @TempDir
    private Path home;

    @Test
    void answerOfTheChampionIsShownAlsoWhereItsVersionIsBehindTheFirstPage() throws IOException {
        try (FakePool pool = FakePool.in(home)
                .answering("/models/price-1h", """
                        {"aliases":{"champion":1500},"versions":[{"version":1}],"next_cursor":"1000"}""")
                .answering("/predict", "{\"model\":{\"version\":1500}}")) {
            FirstForecast.Outcome outcome = new FirstForecast(new PoolHome(home).client(), pool.url(), "price-1h")
                    .await(Map.of("asset", "bitcoin"));

            assertThat(outcome.trouble()).isEmpty();
            assertThat(outcome.answer()).isPresent();
        }
    }
}
