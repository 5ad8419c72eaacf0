package io.mlpool.serving.featurestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.featurestore.FeatureViews;
import io.mlpool.serving.ServingServer;
import io.mlpool.serving.TestMarket;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A month is lived through hour by hour: candles close, some come hours late, some are corrected up to two days later. What was answered
 * online is written down, and afterwards asked for as of the time it was answered at.
 */
class OnlineEqualsOfflineTest {

    private static final int HISTORY = 400;
    private static final int MONTH = 30 * 24;

    /** Hours between two questions, which are what takes the time. */
    private static final int PACE = 3;

    private static final List<String> ASSETS = List.of("bitcoin", "dogecoin");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestDatabase database = TestDatabase.create();
    private final TestMarket market = new TestMarket(database);
    private final Random random = new Random(5);

    /** What was answered at a time, a line for each asset. */
    private record Answered(Instant at, String asset, String values) {}

    /** A candle that is still to come. */
    private record Late(String asset, Instant open, int hour) {}

    private final List<Late> late = new ArrayList<>();
    private int corrections;

    @Test
    void whatWasAnsweredThenIsWhatIsKnownOfThenNow(@TempDir Path folder) {
        ASSETS.forEach(asset -> market.add(asset, asset.substring(0, 3), HISTORY));
        SettableClock clock = new SettableClock(TestMarket.START.plus(HOUR.multipliedBy(HISTORY)));
        try (ServingServer server = ServingServer.start(
                database,
                folder,
                clock,
                "mlpool.feature-store.poll-interval=1d",
                "mlpool.feature-store.backfill=1d",
                "mlpool.feature-store.market=bitcoin,dogecoin",
                "mlpool.anomalies.intervals=")) {
            List<Answered> answered = live(server, clock);
            clock.advance(Duration.ofDays(1));

            assertThat(answered).hasSize(2 * MONTH / PACE);
            assertThat(past(server, answered, false)).isEqualTo(answered);
            assertThat(corrections).isGreaterThan(20);
            assertThat(past(server, answered, true).stream()
                            .filter(one -> !answered.contains(one))
                            .count())
                    .as("answers that were corrected later, which only those who ask for what is known today see")
                    .isGreaterThan(100);
        }
    }

    private List<Answered> live(ServingServer server, SettableClock clock) {
        Materialisation materialisation = server.bean(Materialisation.class);
        List<Answered> answered = new ArrayList<>();
        for (int hour = 0; hour < MONTH; hour++) {
            Instant open = TestMarket.START.plus(HOUR.multipliedBy(HISTORY + hour));
            clock.set(open.plus(HOUR));
            close(open, hour);
            if (hour % PACE == 0) {
                materialisation.update(() -> false);
                clock.advance(hour % 4 == 0 ? Duration.ofSeconds(1) : Duration.ofMinutes(1 + random.nextInt(50)));
                answered.addAll(online(server, clock.instant()));
            }
        }
        return answered;
    }

    private void close(Instant open, int hour) {
        for (String asset : ASSETS) {
            if (random.nextInt(25) == 0) {
                late.add(new Late(asset, open, hour + 1 + random.nextInt(5)));
            } else {
                market.extend(asset, open, 1, 0);
            }
            if (random.nextInt(25) == 0) {
                correct(asset, open.minus(HOUR.multipliedBy(random.nextInt(48))));
            }
        }
        List<Late> come = late.stream().filter(one -> one.hour() == hour).toList();
        come.forEach(one -> market.extend(one.asset(), one.open(), 1, 0));
    }

    private void correct(String asset, Instant open) {
        corrections += database.jdbc()
                .sql("""
                UPDATE candle SET close = close * 1.003, high = high * 1.01, volume = volume * 2
                WHERE open_time = :open AND series_id = (SELECT id FROM series WHERE asset = :asset)
                """)
                .param("open", open.atOffset(ZoneOffset.UTC))
                .param("asset", asset)
                .update();
    }

    private static List<Answered> online(ServingServer server, Instant at) {
        JsonNode answer = ask(
                server,
                "/get-online-features",
                Map.of("features", features(server), "entities", Map.of("asset", ASSETS)));
        return answers(answer, 1, Stream.generate(() -> at).limit(ASSETS.size()).toList(), ASSETS);
    }

    /** Asked for many rows at once. */
    private static List<Answered> past(ServingServer server, List<Answered> answered, boolean asKnownToday) {
        List<Answered> past = new ArrayList<>();
        for (int from = 0; from < answered.size(); from += 1_000) {
            List<Answered> some = answered.subList(from, Math.min(from + 1_000, answered.size()));
            List<Instant> times = some.stream().map(Answered::at).toList();
            List<String> assets = some.stream().map(Answered::asset).toList();
            Map<String, Object> rows = asKnownToday
                    ? Map.of(
                            "asset",
                            assets,
                            "event_timestamp",
                            times,
                            "created_before",
                            times.stream().map(time -> "2030-01-01T00:00:00Z").toList())
                    : Map.of("asset", assets, "event_timestamp", times);
            JsonNode answer =
                    ask(server, "/get-historical-features", Map.of("features", features(server), "entities", rows));
            past.addAll(answers(answer, 2, times, assets));
        }
        return past;
    }

    private static List<Answered> answers(JsonNode answer, int keys, List<Instant> times, List<String> assets) {
        List<JsonNode> columns = answer.get("results").valueStream().skip(keys).toList();
        return IntStream.range(0, assets.size())
                .mapToObj(row -> new Answered(times.get(row), assets.get(row), line(columns, row)))
                .toList();
    }

    private static String line(List<JsonNode> columns, int row) {
        StringBuilder line = new StringBuilder();
        columns.forEach(column -> line.append(column.get("values").get(row))
                .append(column.get("statuses").get(row).asString().charAt(0))
                .append(column.get("event_timestamps").get(row).asString())
                .append(' '));
        return line.toString();
    }

    private static List<String> features(ServingServer server) {
        return server.bean(FeatureViews.class).all().stream()
                .flatMap(view -> view.definition().names().stream().map(name -> view.name() + ":" + name))
                .toList();
    }

    private static JsonNode ask(ServingServer server, String path, Object body) {
        HttpResponse<String> answer = server.post(path, JsonMapper.shared().writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return server.json(answer);
    }
}
