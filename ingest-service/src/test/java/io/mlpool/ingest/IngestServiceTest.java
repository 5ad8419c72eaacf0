package io.mlpool.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

@SpringBootTest(
        classes = IngestService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=ingest-service",
            "mlpool.ingest.coingecko.enabled=false",
            "mlpool.ingest.defillama.enabled=false"
        })
@AutoConfigureRestTestClient
@DirtiesContext // the service must be gone before its folder is deleted
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IngestServiceTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @TempDir
    private static Path home;

    @Autowired
    private RestTestClient client;

    @DynamicPropertySource
    static void place(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", DATABASE::url);
        registry.add("spring.datasource.username", () -> "postgres");
        registry.add("mlpool.ingest.archive", () -> home.resolve("archive").toString());
        registry.add("mlpool.ingest.inbox.folder", () -> home.resolve("inbox"));
        registry.add("mlpool.ingest.inbox.every", () -> "200ms");
        registry.add("db-scheduler.polling-interval", () -> "100ms");
    }

    @Test
    @Order(1)
    void uploadAnswersWithTheReport() {
        String csv = Hours.csv(0, 24, 100).replaceFirst("(?m)^1704078000.*\\R", "");

        upload("BTCUSDT-1h.csv", csv, "venue", "binance")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.rows.read")
                .isEqualTo(23)
                .jsonPath("$.rows.added")
                .isEqualTo(23)
                .jsonPath("$.rows.kept_from_other_venue")
                .isEqualTo(0)
                .jsonPath("$.series[0].vs_currency")
                .isEqualTo("usd")
                .jsonPath("$.series[0].first_open")
                .isEqualTo("2024-01-01T00:00:00Z");
    }

    @Test
    void itsDescriptionHasATitleTagsAndTheNamesOfTheWire() {
        client.get()
                .uri("/openapi.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.info.title")
                .isEqualTo("ML Pool: ingest")
                .jsonPath("$.paths['/uploads'].post.tags[0]")
                .isEqualTo("uploads")
                .jsonPath("$.components.schemas.Rows.properties.kept_from_other_venue")
                .exists();
    }

    @Test
    @Order(2)
    void unreadableUploadIs422InFastApisShape() {
        upload("../../prices.csv", "1704067200,1,1,1,1,1\n", "venue", "")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.detail[0].type")
                .isEqualTo("unreadable_file")
                .jsonPath("$.detail[0].loc[1]")
                .isEqualTo("file")
                .jsonPath("$.detail[0].msg")
                .value(
                        String.class,
                        msg -> assertThat(msg).startsWith("neither name").doesNotContain("prices.csv"))
                .jsonPath("$.detail[0].input")
                .isEqualTo("prices.csv");
    }

    @Test
    @Order(3)
    void uploadWithoutFileIs422() {
        MultiValueMap<String, Object> body = new LinkedMultiValueMap<>();
        body.add("symbol", "BTCUSDT");
        client.post()
                .uri("/uploads")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    @Order(4)
    void coverageShowsTheGap() {
        client.get()
                .uri("/coverage?asset=bitcoin&interval=1h")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(1)
                .jsonPath("$[0].candles")
                .isEqualTo(23)
                .jsonPath("$[0].missing")
                .isEqualTo(1)
                .jsonPath("$[0].gaps[0].from")
                .isEqualTo("2024-01-01T03:00:00Z")
                .jsonPath("$[0].gaps[0].to")
                .isEqualTo("2024-01-01T04:00:00Z")
                .jsonPath("$[0].sources[0]")
                .isEqualTo("binance");
    }

    @Test
    @Order(5)
    void runsAreListedNewestFirstAndToldInFull() {
        client.get()
                .uri("/runs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[0].status")
                .isEqualTo("refused")
                .jsonPath("$[1].rows.added")
                .isEqualTo(23);
        client.get()
                .uri("/runs/1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_JSON)
                .expectBody()
                .jsonPath("$.run_id")
                .isEqualTo(1)
                .jsonPath("$.payload")
                .isEqualTo("BTCUSDT-1h.csv");
        client.get().uri("/runs/999").exchange().expectStatus().isNotFound();
    }

    @Test
    @Order(6)
    void bytesThatAreNoTextAreRefusedOrToldAndRunsStayReadable() {
        upload("BTCUSDT-1h.csv", "\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR", "venue", "")
                .expectStatus()
                .isEqualTo(422);
        upload("BTCUSDT-1h.csv", "1704067200,1,1,1,1,1\n17\u000040,1,1,1,1,1\n", "venue", "lab")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.findings[0].examples[0].text")
                .isEqualTo("'17\uFFFD40' is no number: 17\uFFFD40,1,1,1,1,1");

        client.get().uri("/runs").exchange().expectStatus().isOk();
    }

    @Test
    @Order(7)
    void fileInTheInboxIsTakenIn() throws Exception {
        Path file = home.resolve("inbox/kraken/ETHEUR_60.csv");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, Hours.csv(0, 12, 50));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));

        awaitFile(home.resolve("inbox/done/kraken/ETHEUR_60.csv"));

        assertThat(DATABASE.jdbc()
                        .sql("SELECT count(*) FROM candle WHERE source = 'kraken'")
                        .query(Long.class)
                        .single())
                .isEqualTo(12);
    }

    @Test
    @Order(8)
    void fileAboutProtocolsIsToldByItsContentAndReadAsKnownAtATime() {
        upload(
                        "anything.csv",
                        "time,tvlusd,tvleth,dai,token\n2020-02-01,5,0,0,maker\n2020-02-02,6,0,0,maker\n",
                        "folder",
                        "x")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.rows.added")
                .isEqualTo(2);
        upload(
                        "anything.csv",
                        "date,protocol,attack_type,lost_text,lost_usd_parsed\n2020-02-01,Maker,Auction,$8M,8000000\n",
                        "folder",
                        "x")
                .expectStatus()
                .isOk();
        client.get()
                .uri("/protocols?as_of=2020-02-02T00:00:00Z")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[0].protocol.slug")
                .isEqualTo("maker")
                .jsonPath("$[0].assumed")
                .isEqualTo(true);
        client.get()
                .uri("/protocols/maker?source=defipulse&as_of=2020-02-02T01:00:00Z")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.locked_values.length()")
                .isEqualTo(1)
                .jsonPath("$.locked_values[0].usd")
                .isEqualTo(5)
                .jsonPath("$.locked_values[0].known_at")
                .isEqualTo("2020-02-02T01:00:00Z");
        client.get()
                .uri("/incidents?as_of=2020-02-03T00:00:00Z")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[0].incident.protocol")
                .isEqualTo("maker")
                .jsonPath("$[0].incident.usd")
                .isEqualTo(8e6);
        client.get()
                .uri("/incidents?as_of=2020-02-02T23:59:59Z")
                .exchange()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(0);
        client.get()
                .uri("/protocols/maker?as_of=2019-01-01T00:00:00Z")
                .exchange()
                .expectStatus()
                .isNotFound();
        client.get().uri("/incidents?as_of=yesterday").exchange().expectStatus().isEqualTo(422);
    }

    private static void awaitFile(Path file) throws IOException {
        Instant limit = Instant.now().plus(Duration.ofSeconds(20));
        while (!Files.exists(file)) {
            assertThat(Instant.now()).as("time until %s is there", file).isBefore(limit);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private RestTestClient.ResponseSpec upload(String name, String csv, String hint, String value) {
        MultiValueMap<String, Object> body = new LinkedMultiValueMap<>();
        body.add("file", new ByteArrayResource(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            @Override
            public String getFilename() {
                return name;
            }
        });
        body.add(hint, value);
        return client.post()
                .uri("/uploads")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(body)
                .exchange();
    }
}
