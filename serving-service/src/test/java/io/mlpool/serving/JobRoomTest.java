package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRoomTest {

    @Test
    void resultsThatAreKeptHaveALimit(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        Instant close = new TestMarket(database).add("bitcoin", "btc", 400);
        try (ServingServer server =
                ServingServer.start(database, folder, new SettableClock(close), "mlpool.jobs.items=2")) {
            server.promote();
            eventually(() -> assertThat(start(server).statusCode()).isEqualTo(202));

            HttpResponse<String> refused = start(server);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("hold 2 items, which is the limit (mlpool.jobs.items)");
        }
    }

    private static HttpResponse<String> start(ServingServer server) {
        return server.post("/batch-jobs", "{\"assets\":[\"bitcoin\"],\"horizons\":[\"1h\",\"4h\"]}");
    }
}
