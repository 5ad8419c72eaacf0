package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelVersion;
import io.mlpool.serving.decay.DecayRound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a live model sees and says is counted once, and told against what it was trained on. */
class DriftTest extends ServingOfTwoAssets {

    @BeforeEach
    void start() {
        start("mlpool.readings.interval=100ms");
    }

    @Test
    void eachForecastCountsOnceAndAWeekUnlikeTheTrainSliceDrifts() {
        aVersionFromBeforeReferencesWereKeptIsUnknown();
        server.promoteWatched();
        eventually(() -> assertThat(counted()).isEqualTo(2));
        inputsUnlikeAllThatWasLearnedFromAreNotTrusted();
        assertThat(drift("").at("/models/0/verdict").asString()).isEqualTo("unknown");
        assertThat(drift("").at("/models/0/summary").asString())
                .contains("of 1 candles")
                .contains("fewer than a day's (24)");

        server.close();
        start();
        eventually(() -> assertThat(predict()).contains("predicted_price"));
        database.jdbc()
                .sql(
                        "INSERT INTO drift_tally SELECT model, 1, as_of - interval '33 days', 100, counts, sums, squares FROM drift_tally")
                .update();
        nextHour();
        eventually(() -> assertThat(counted())
                .as("a restart counts nothing again, and what is old goes, also of versions that are live no more")
                .isEqualTo(4));
        assertThat(meanOf("forecast_width_1h"))
                .as("as the forecasts that are stored have it")
                .isCloseTo(
                        number(
                                "SELECT avg(ln(prices[6] / prices[2]) / scale) FROM forecast WHERE horizon = '1h' AND version = 2"),
                        within(1e-9));

        copyToHours(48);
        JsonNode told = drift("model=price-1h");
        assertThat(told.at("/models/0/verdict").asString()).isEqualTo("drifting");
        assertThat(told.at("/models/0/variant").asString()).isEqualTo("champion");
        assertThat(told.at("/models/0/forecasts").asInt()).isEqualTo(4 + 48 * 2);
        JsonNode width = column(told, "forecast_width_1h");
        assertThat(width.get("verdict").asString()).isEqualTo("drifting");
        assertThat(width.get("shift").asDouble()).isGreaterThan(1);
        assertThat(width.get("adjusted_p").asDouble()).isLessThan(0.001);
        assertThat(told.at("/models/0/columns"))
                .as("the clock cannot drift")
                .noneMatch(one -> one.get("name").asString().startsWith("hour"));
        assertThat(drift("model=price-1h&version=2").at("/models/0/columns"))
                .hasSameSizeAs(told.at("/models/0/columns"));
        assertThat(drift("model=price-4h").get("models")).isEmpty();

        whatSpeaksAgainstTheChampionIsNotedOnce();
        whatIsNoLongerTheChampionIsNotJudged();
        String page = server.get("/monitoring/drift/report?days=30").body();
        assertThat(page)
                .contains("price-1h version 2, champion: drifting")
                .contains("forecast_width_1h")
                .contains("<rect class=\"now\"");
        assertThat(page).doesNotContain("<script").doesNotContain("http").doesNotContain("url(");
        eventually(() -> assertThat(server.get("/actuator/prometheus").body())
                .containsPattern("mlpool_drift_columns\\{.*model=\"price-1h\".*} [1-9]")
                .containsPattern("mlpool_drift_index_ratio\\{.*column=\"forecast_width_1h\".*} [1-9]"));
    }

    private void aVersionFromBeforeReferencesWereKeptIsUnknown() {
        server.promote();
        eventually(() -> assertThat(predict()).contains("predicted_price"));

        assertThat(drift("").at("/models/0/verdict").asString()).isEqualTo("unknown");
        assertThat(drift("").at("/models/0/summary").asString()).contains("nothing is counted of it");
        assertThat(predict()).doesNotContain("one in 1,000");
        assertThat(server.get("/monitoring/drift/report").body()).contains("unknown");
        eventually(() -> assertThat(server.get("/actuator/prometheus").body())
                .containsPattern("mlpool_drift_columns\\{.*} NaN"));
        for (String query : List.of("days=0", "days=31", "version=1", "version=x&model=price-1h")) {
            assertThat(server.get("/monitoring/drift?" + query).statusCode())
                    .as(query)
                    .isEqualTo(422);
        }
    }

    private void whatSpeaksAgainstTheChampionIsNotedOnce() {
        server.bean(DecayRound.class).run();
        server.bean(DecayRound.class).run();
        assertThat(database.jdbc()
                        .sql("SELECT model, version, kind, ended_at FROM model_decay")
                        .query()
                        .singleRow())
                .containsEntry("version", 2)
                .containsEntry("kind", "drift")
                .containsEntry("ended_at", null);
        eventually(() -> assertThat(server.get("/actuator/prometheus").body())
                .containsPattern("mlpool_model_decay\\{.*kind=\"drift\".*} 1")
                .containsPattern("mlpool_model_decay\\{.*kind=\"loss_of_skill\".*} 0"));
    }

    /** The new champion cannot be loaded, so that the one before stays live here. */
    private void whatIsNoLongerTheChampionIsNotJudged() {
        database.jdbc().sql("DELETE FROM model_decay").update();
        ModelVersion broken = server.register();
        deleteGoldenAnswerOf(broken);
        server.registry().assign(broken.model(), Alias.CHAMPION, broken.version());

        server.bean(DecayRound.class).run();

        assertThat(number("SELECT count(*) FROM model_decay")).isZero();
        assertThat(server.json(predicted()).at("/model/version").asInt()).isEqualTo(2);
        server.registry().assign(broken.model(), Alias.CHAMPION, 2);
        server.bean(DecayRound.class).run();
        assertThat(number("SELECT count(*) FROM model_decay")).isEqualTo(1);
    }

    private void deleteGoldenAnswerOf(ModelVersion version) {
        try {
            Files.delete(server.registry().fetch(version).directory().resolve("golden.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void inputsUnlikeAllThatWasLearnedFromAreNotTrusted() {
        eventually(() -> assertThat(predict()).contains("fewer than one in 1,000 candles that the model learned from"));
        assertThat(server.json(predicted()).get("trusted").asBoolean()).isFalse();
    }

    private void nextHour() {
        market.extend("bitcoin", close, 1, 0);
        close = market.extend("ethereum", close, 1, 0);
        clock.set(close);
    }

    /** As if every hour before had been like the newest. */
    private void copyToHours(int hours) {
        database.jdbc().sql("""
                INSERT INTO drift_tally
                SELECT model, version, as_of - make_interval(hours => n), assets, counts, sums, squares
                FROM drift_tally, generate_series(2, :hours + 1) n WHERE as_of = (SELECT max(as_of) FROM drift_tally)
                """).param("hours", hours).update();
    }

    private long counted() {
        return Math.round(number("SELECT coalesce(sum(assets), 0) FROM drift_tally"));
    }

    private double meanOf(String column) {
        return database.jdbc()
                .sql("""
                SELECT sum(sums[position]) / sum(assets) FROM drift_tally JOIN drift_reference r USING (model, version),
                LATERAL (SELECT n AS position FROM jsonb_array_elements(r.reference -> 'columns') WITH ORDINALITY AS c (value, n)
                         WHERE value ->> 'name' = :column) named
                """)
                .param("column", column)
                .query(Double.class)
                .single();
    }

    private double number(String sql) {
        return database.jdbc().sql(sql).query(Double.class).single();
    }

    private static JsonNode column(JsonNode told, String name) {
        for (JsonNode one : told.at("/models/0/columns")) {
            if (one.get("name").asString().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no column " + name);
    }

    private JsonNode drift(String query) {
        return server.json(server.get("/monitoring/drift?" + query));
    }

    private String predict() {
        return predicted().body();
    }

    private HttpResponse<String> predicted() {
        return server.post("/predict", "{\"asset\":\"ethereum\",\"horizon\":\"1h\"}");
    }
}
