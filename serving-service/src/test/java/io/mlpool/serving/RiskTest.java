package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.RealBrowser;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.testing.TestRiskModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A pool's life with a model of risk, in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RiskTest {

    private static final int HOURS = 40 * 24;

    @TempDir
    private static Path folder;

    private static TestDatabase database;
    private static TestMarket market;
    private static SettableClock clock;
    private static ServingServer server;
    private static Instant close;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        market = new TestMarket(database);
        close = market.add("bitcoin", "btc", HOURS);
        market.add("ethereum", "eth", HOURS);
        market.add("young", "yng", 48);
        clock = new SettableClock(close);
        server = ServingServer.start(
                database, folder, clock, "mlpool.risk.poll-interval=100ms", "mlpool.risk.patience=0s");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void withoutAModelTheListIsEmptyAndQuestionsAreRefusedWithWhatToDo() {
        assertThat(json("/risk").path("risks")).isEmpty();
        assertThat(json("/risk/bitcoin").path("horizons")).isEmpty();
        assertThat(json("/risk/bitcoin").path("why_none").asString()).contains("30 days of candles");
        assertThat(server.get("/risk/bitcon").statusCode()).isEqualTo(404);
        assertThat(server.post("/risk/score", "{\"features\":{}}"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                .satisfies(answer -> assertThat(answer.body()).contains("no risk-7d model is live", "POST /risk/runs"));
    }

    @Test
    @Order(2)
    void modelThatGoesLiveScoresEveryAssetThatIsOldEnough() {
        promote("risk-7d", "run-1");

        eventually(() -> assertThat(json("/risk").path("risks")).hasSize(2));
        JsonNode first = json("/risk").path("risks").path(0);
        assertThat(first.path("as_of").asString()).isEqualTo(close.toString());
        assertThat(first.path("score").asDouble()).isBetween(0.0, 100.0);
        assertThat(first.path("model").path("name").asString()).isEqualTo("risk-7d");
        assertThat(first.path("change").isNull()).isTrue();
        assertThat(first.path("reasons")).isEmpty();
        assertThat(json("/models").toString()).contains("risk-7d");
        assertThat(server.get("/health").body()).contains("risk-7d@champion");
        assertThat(json("/risk?horizon=30d").path("risks")).isEmpty();
    }

    @Test
    @Order(3)
    void factorsAndBaseSumToTheMarginAndNameWhatWentIn() {
        JsonNode risk = json("/risk/bitcoin").path("horizons").path(0).path("risk");

        double sum = risk.path("base").asDouble();
        for (JsonNode factor : risk.path("factors")) {
            sum += factor.path("contribution").asDouble();
            assertThat(factor.path("meaning").asString()).isNotBlank();
        }
        assertThat(sum).isCloseTo(risk.path("margin").asDouble(), within(1e-5));
        assertThat(risk.path("event").path("drawdown").asDouble()).isEqualTo(0.3);
        assertThat(risk.path("factors").valueStream().flatMap(one -> one.path("features")
                        .valueStream()))
                .anySatisfy(feature -> {
                    assertThat(feature.path("feature").asString()).isEqualTo("volatility_30d");
                    assertThat(feature.path("value").asDouble()).isPositive();
                })
                .anySatisfy(feature -> {
                    assertThat(feature.path("feature").asString()).isEqualTo("locked_change_7d");
                    assertThat(feature.path("value").isNull()).isTrue();
                });
    }

    @Test
    @Order(4)
    void newestCandleIsScoredOnceAndTheDayBeforeIsComparedWith() {
        for (int hours : List.of(1, 24)) {
            market.extend("bitcoin", close, hours, 0);
            market.extend("ethereum", close, hours, 0);
            close = close.plus(Duration.ofHours(hours));
            clock.set(close);
            eventually(() -> assertThat(json("/risk/bitcoin/history")
                            .path("scores")
                            .path(0)
                            .path("as_of")
                            .asString())
                    .isEqualTo(close.toString()));
        }

        JsonNode detail = json("/risk/bitcoin").path("horizons").path(0);
        assertThat(json("/risk/bitcoin/history").path("scores")).hasSize(3);
        assertThat(detail.path("since_yesterday").path("as_of").asString())
                .isEqualTo(close.minus(Duration.ofDays(1)).toString());
        assertThat(detail.path("since_yesterday").path("change").asDouble())
                .isCloseTo(
                        detail.path("risk").path("score").asDouble()
                                - detail.path("since_yesterday").path("score").asDouble(),
                        within(1e-9));
        assertThat(detail.path("trend")).hasSizeBetween(2, 3);
        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM risk_score WHERE asset = 'bitcoin'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    @Order(5)
    void figureOfWhatIsLockedRenewsTheScoreBetweenTwoCandles() {
        Instant known = close.plus(Duration.ofMinutes(7));
        clock.set(known.plusSeconds(30));
        protocol("uniswap", "ethereum", known);
        lock("uniswap", known, 1e9);

        eventually(() -> assertThat(json("/risk/ethereum/history")
                        .path("scores")
                        .path(0)
                        .path("as_of")
                        .asString())
                .isEqualTo(known.toString()));
        assertThat(json("/risk/ethereum")
                        .path("horizons")
                        .path(0)
                        .path("risk")
                        .path("protocol")
                        .asString())
                .isEqualTo("uniswap");
    }

    @Test
    @Order(6)
    void scoreIsTheSameWhenItIsComputedLaterFromHistory() {
        Map<String, @Nullable Object> live = row("bitcoin", close);
        database.jdbc()
                .sql("DELETE FROM risk_score WHERE asset = 'bitcoin' AND as_of = :asOf")
                .param("asOf", close.atOffset(ZoneOffset.UTC))
                .update();
        promote("risk-7d", "run-2");

        eventually(() -> assertThat(json("/risk/bitcoin")
                        .path("horizons")
                        .path(0)
                        .path("risk")
                        .path("model")
                        .path("version")
                        .asInt())
                .isEqualTo(2));
        assertThat(row("bitcoin", close)).isEqualTo(live);
    }

    @Test
    @Order(10)
    void challengerThatIsPromotedCountsAtOnceWithWhatItSaidBefore() {
        ModelVersion challenger = register("risk-7d", "run-3");
        server.registry().assign("risk-7d", Alias.CHALLENGER, challenger.version());
        eventually(() -> assertThat(variants(challenger)).containsExactly("challenger", "challenger"));

        clock.advance(Duration.ofSeconds(1));
        server.registry().assign("risk-7d", Alias.CHAMPION, challenger.version());

        eventually(() -> assertThat(variants(challenger)).containsExactly("champion", "champion"));
        assertThat(json("/risk/bitcoin")
                        .path("horizons")
                        .path(0)
                        .path("risk")
                        .path("model")
                        .path("version")
                        .asInt())
                .isEqualTo(challenger.version());
        server.registry().unassign("risk-7d", Alias.CHALLENGER);
    }

    @Test
    @Order(7)
    void whatIfTakesTheAssetsFeaturesWhereNoneIsGivenAndStoresNothing() {
        JsonNode now = json("/risk/bitcoin").path("horizons").path(0).path("risk");
        JsonNode same = server.json(server.post("/risk/score", "{\"asset\":\"bitcoin\",\"features\":{}}"));
        JsonNode wild = server.json(
                server.post("/risk/score", "{\"asset\":\"bitcoin\",\"features\":{\"volatility_30d\":0.19}}"));

        assertThat(same.path("margin").asDouble()).isCloseTo(now.path("margin").asDouble(), within(1e-6));
        assertThat(wild.path("score").asDouble())
                .isGreaterThan(same.path("score").asDouble());
        assertThat(json("/risk?limit=1").path("next_cursor").isNull()).isFalse();
        assertThat(json("/risk").path("risks")).hasSize(2);
    }

    @Test
    @Order(8)
    void fatalFactorRaisesTheScoreToItsFloorAndNotTheProbability() {
        JsonNode calm = server.json(server.post("/risk/score", "{\"features\":{\"volatility_30d\":0.01}}"));
        JsonNode struck = server.json(
                server.post("/risk/score", "{\"features\":{\"volatility_30d\":0.01,\"days_since_incident\":2}}"));

        assertThat(struck.path("score").asDouble()).isEqualTo(75);
        assertThat(struck.path("capped_by").path("factor").asString()).isEqualTo("recent_incident");
        assertThat(struck.path("probability").asDouble())
                .isEqualTo(calm.path("probability").asDouble());
        assertThat(calm.path("capped_by").isNull()).isTrue();
    }

    @Test
    @Order(9)
    void pagesLeadThroughAllAssetsFromTheRiskiestDown() {
        String cursor = json("/risk?limit=1").path("next_cursor").asString();
        JsonNode second = json("/risk?limit=1&cursor=" + cursor);

        assertThat(second.path("risks")).hasSize(1);
        assertThat(second.path("next_cursor").isNull()).isTrue();
        assertThat(second.path("risks").path(0).path("score").asDouble())
                .isLessThanOrEqualTo(json("/risk?limit=1")
                        .path("risks")
                        .path(0)
                        .path("score")
                        .asDouble());
    }

    @ParameterizedTest
    @Order(10)
    @CsvSource(delimiter = '|', textBlock = """
            {"features":{"volatility":1,"beta":2}}                    | features,volatility | known are [volatility_7d
            {"features":{"volatility_30d":1e300}}                     | volatility_30d      | single precision
            {"horizon":"9d","features":{}}                            | horizon             | Input should be one of [7d, 30d]
            {"horizon":"9d","features":{"volatility":1}}              | horizon,volatility  | known are [volatility_7d
            {"asset":"bitcoin"}                                       | features            | Field required
            {"features":{},"colour":"red"}                            | colour              | Extra inputs are not permitted
            """)
    void wrongQuestionIsToldOfItsMistakes(String body, String where, String what) {
        var answer = server.post("/risk/score", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(what);
        assertThat(answer.body()).contains(where.split(","));
    }

    @Test
    @Order(11)
    void staleScoreSaysSo() {
        clock.set(close.plus(Duration.ofDays(3)));

        assertThat(json("/risk/bitcoin")
                        .path("horizons")
                        .path(0)
                        .path("reasons")
                        .path(0)
                        .asString())
                .contains("stale", close.toString());
    }

    @Test
    @Order(12)
    void pageShowsTheScoreWithItsFactorsAsBars() {
        server.promoteWatched();
        try (RealBrowser browser = RealBrowser.start()) {
            browser.open(server.uri("/#asset=bitcoin"));

            browser.awaitText("of 100");
            assertThat(browser.await("#risk"))
                    .contains(
                            "for a fall of 30 %, or of 50 % of what is locked, within 7d",
                            "since yesterday", "volatility");
            assertThat(browser.texts("#risk .factors li")).hasSize(3);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void promote(String model, String run) {
        server.registry().assign(model, Alias.CHAMPION, register(model, run).version());
    }

    private static ModelVersion register(String model, String run) {
        return server.registry()
                .register(
                        TestRiskModel.bundle(StoredFolder.plain(folder.resolve("bundles/" + run)), model, run)
                                .bundle(),
                        Map.of());
    }

    /** As what a version's scores stand. */
    private static List<String> variants(ModelVersion version) {
        return database.jdbc()
                .sql("SELECT variant FROM risk_score WHERE model = :model AND version = :version")
                .param("model", version.model())
                .param("version", version.version())
                .query(String.class)
                .list();
    }

    private static Map<String, @Nullable Object> row(String asset, Instant asOf) {
        List<Map<String, @Nullable Object>> rows = database.jdbc()
                .sql("""
                SELECT probability, score, margin, base, factors::text AS factors, features::text AS features
                FROM risk_score WHERE asset = :asset AND as_of = :asOf ORDER BY version DESC LIMIT 1
                """)
                .param("asset", asset)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .query()
                .listOfRows();
        return rows.getFirst();
    }

    private static void protocol(String slug, String asset, Instant known) {
        database.jdbc()
                .sql("""
                WITH one AS (INSERT INTO protocol (slug) VALUES (:slug) RETURNING id)
                INSERT INTO protocol_fact (protocol_id, known_at, assumed, recorded_at, fact)
                SELECT id, :known, false, :known, jsonb_build_object('slug', :slug::text, 'name', :slug::text, 'asset', :asset::text, 'listed', true)
                FROM one
                """)
                .param("slug", slug)
                .param("asset", asset)
                .param("known", known.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static void lock(String slug, Instant known, double usd) {
        database.jdbc()
                .sql("""
                INSERT INTO locked_value (source, protocol_id, chain, day, known_at, assumed, recorded_at, usd)
                SELECT 'defillama', id, '', :day, :known, false, :known, :usd FROM protocol WHERE slug = :slug
                """)
                .param("slug", slug)
                .param("day", known.atOffset(ZoneOffset.UTC).toLocalDate())
                .param("known", known.atOffset(ZoneOffset.UTC))
                .param("usd", usd)
                .update();
    }

    private static JsonNode json(String path) {
        return server.json(server.get(path));
    }
}
