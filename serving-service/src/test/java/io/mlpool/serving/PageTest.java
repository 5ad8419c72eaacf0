package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.security.KeyRequest;
import io.mlpool.security.Keys;
import io.mlpool.security.Scope;
import io.mlpool.testing.RealBrowser;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page at the root, as people see it. */
@Timeout(180)
class PageTest {

    private final TestDatabase database = TestDatabase.create();
    private final TestMarket market = new TestMarket(database);

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SettableClock clock;

    @SuppressWarnings("NullAway.Init")
    private ServingServer server;

    @SuppressWarnings("NullAway.Init")
    private RealBrowser browser;

    @BeforeEach
    void open() {
        browser = RealBrowser.start();
        Instant close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        clock = new SettableClock(close);
        server = start();
    }

    private ServingServer start(String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("mlpool.alerts.every=1h");
        all.add("mlpool.load.longest-wait=1m");
        return ServingServer.start(database, folder, clock, all.toArray(String[]::new));
    }

    @AfterEach
    void close() {
        browser.close();
        server.close();
    }

    private void goLive() {
        server.promoteWatched();
        eventually(() -> assertThat(
                        server.post("/predict", "{\"asset\":\"ethereum\"}").statusCode())
                .isEqualTo(200));
    }

    @Test
    void assetIsShownWithItsForecastTheModelBehindItAndWhatFires() {
        goLive();
        fire("<b>bitcoin</b>: odd");
        browser.open(server.uri("/"));

        browser.awaitText("in 24h");
        assertThat(browser.await("#headline")).startsWith("Bitcoin ").endsWith(" USD");
        assertThat(browser.await("#forecast")).contains("1h", "4h", "24h", "Median, USD", "The last price is");
        assertThat(browser.await("#model")).contains("price-1h version 1", "lstm", "Trained until", "2024-05-01 00:00");
        browser.awaitText("What it leans on");
        assertThat(browser.await("#importance"))
                .contains("volatility", "+4.00 %", "lean most on volatility_168, return_1")
                .doesNotContain("-0.20 %");
        assertThat(browser.await("#track")).contains("has come due yet");
        browser.awaitText("<b>bitcoin</b>: odd");
        assertThat(colors(browser.picture("#chart")))
                .as("candles and a fan are drawn")
                .isGreaterThan(20);
        assertThat(browser.complaints()).isEmpty();
    }

    private void fire(String summary) {
        database.jdbc().sql("""
                        INSERT INTO alert (id, rule, subject, severity, labels, state, value, summary, since, fired_at, changed_at, sequence)
                        VALUES (gen_random_uuid(), 'gone', 'x', 'critical', '{}', 'firing', 1, :summary, now(), now(), now(), 1)
                        """).param("summary", summary).update();
    }

    @Test
    void anotherAssetIsShownWhenItIsChosenBySymbolAndStaysChosen() {
        goLive();
        browser.open(server.uri("/"));
        browser.awaitText("in 24h");

        browser.type("#asset", "ETH");
        browser.awaitText("Ethereum ");
        browser.click("#horizons label:first-of-type");
        browser.awaitText("in 1h");

        browser.open(server.uri("/docs"));
        browser.back();
        browser.awaitText("in 1h");
        assertThat(browser.await("#headline")).startsWith("Ethereum ");
    }

    @Test
    void keyThatDoesNotDoIsAskedForAgainWithTheReason() {
        server.close();
        server = start("mlpool.security.mode=api-key");
        browser.open(server.uri("/"));
        browser.awaitText("It stays in this browser tab");

        browser.type("#key-text", "mlp_of_yesterday");
        browser.click("#key button");
        browser.awaitText("Not with the key that was given");

        KeyRequest request = new KeyRequest("desk", Set.of(Scope.READ, Scope.PREDICT), null, null);
        browser.type(
                "#key-text",
                Keys.in(database.dataSource(), clock).create(request, "test").text());
        browser.click("#key button");
        browser.awaitText("No model is live yet");
    }

    @Test
    void newCandleIsShownWithoutBeingAskedFor() {
        goLive();
        browser.open(server.uri("/"));
        browser.awaitText("in 24h");
        browser.click("#horizons label:first-of-type");
        browser.awaitText("in 1h");
        String before = browser.await("#status");

        Instant close = clock.instant();
        clock.set(close.plus(Duration.ofHours(1)));
        market.extend("bitcoin", close, 1, 0);

        eventually(() -> assertThat(browser.await("#status")).isNotEqualTo(before));
        browser.awaitText("1h forecasts scored");
        assertThat(browser.texts("#track dd").getFirst()).isEqualTo("1");
    }

    @Test
    void serviceThatStopsIsToldAndWhatWasShownStaysUntilItIsBack() {
        goLive();
        browser.open(server.uri("/"));
        browser.awaitText("in 24h");
        int port = server.uri("/").getPort();

        server.close();
        browser.awaitText("The service does not answer");
        assertThat(browser.await("#headline")).startsWith("Bitcoin ");

        server = start("server.port=" + port);
        browser.awaitText("Newest candle");
        assertThat(browser.text()).doesNotContain("The service does not answer");
    }

    @Test
    void poolWithoutAModelSaysWhatToDoAndShowsTheFirstOneByItself() {
        browser.open(server.uri("/"));
        browser.awaitText("No model is live yet");

        goLive();

        browser.awaitText("in 24h");
    }

    @Test
    void darkAndLightCanBeSwitchedAndAreRemembered() {
        goLive();
        browser.open(server.uri("/"));
        browser.awaitText("in 24h");
        int before = brightness(browser.screenshot());

        browser.click("#theme");
        eventually(() ->
                assertThat(Math.abs(brightness(browser.screenshot()) - before)).isGreaterThan(120));
        int after = brightness(browser.screenshot());

        browser.open(server.uri("/"));
        browser.awaitText("in 24h");
        assertThat(brightness(browser.screenshot())).isCloseTo(after, org.assertj.core.api.Assertions.within(10));
    }

    @Test
    void phoneShowsAllOfItInOneColumn() {
        goLive();
        browser.resize(360, 740);
        browser.open(server.uri("/"));
        browser.awaitText("in 24h");

        assertThat(browser.number("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
        assertThat(browser.await("#model")).contains("price-1h version 1");
    }

    @Test
    void scaleOfTheChartHoldsABandAsFarAsItIsInView() {
        browser.open(server.uri("/"));

        assertThat(browser.number("""
                        return import('/page/band.js').then(({ Band }) => {
                          const band = new Band();
                          const places = { timeToIndex: (time) => time };
                          band.attached({ chart: { timeScale: () => places }, requestUpdate() {} });
                          band.set([{ time: 1, low: 5, high: 9 }, { time: 2, low: 4, high: 8 }, { time: 9, low: 0, high: 99 }]);
                          const { minValue, maxValue } = band.autoscaleInfo(1, 2).priceRange;
                          return 10 * minValue + maxValue;
                        })"""))
                .as("lowest and highest price of the first two points")
                .isEqualTo(49);
    }

    @Test
    void referenceIsShownWithoutComplaints() {
        browser.open(server.uri("/redoc"));

        browser.awaitText("ML Pool");
        browser.awaitText("API docs by Redocly");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void nothingIsFetchedFromAnywhereElse() {
        goLive();
        browser.open(server.uri("/"));
        browser.awaitText("in 24h");

        assertThat(browser.number("return performance.getEntriesByType('resource')"
                        + ".filter(one => !one.name.startsWith(location.origin)).length"))
                .isZero();
    }

    /** Of the middle of the left margin. */
    private static int brightness(BufferedImage image) {
        int rgb = image.getRGB(4, image.getHeight() - 60);
        return ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 3;
    }

    private static long colors(BufferedImage image) {
        return java.util.stream.IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .distinct()
                .count();
    }
}
