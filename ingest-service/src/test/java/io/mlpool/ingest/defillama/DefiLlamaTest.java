package io.mlpool.ingest.defillama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlpool.ingest.IngestReport;
import io.mlpool.ingest.IngestReport.Rows;
import io.mlpool.ingest.archive.ArchivedPayload;
import io.mlpool.ingest.cleaning.Finding;
import io.mlpool.ingest.protocols.ProtocolIngestion;
import io.mlpool.ingest.requests.FakeSource.Answer;
import io.mlpool.protocols.Known;
import io.mlpool.protocols.LockedValue;
import io.mlpool.protocols.Protocol;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All answers are made by hand after the shapes in DefiLlama's documents and its server's types; none is a recording. */
class DefiLlamaTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    private static final String AAVE = """
            {"id":"1599","name":"Aave V3","slug":"aave-v3","symbol":"AAVE","category":"Lending","chains":["Ethereum","Base"],
             "tvl":5.2e9,"chainTvls":{"Ethereum":3.2e9,"borrowed":1e9},"gecko_id":"aave","audits":"2","audit_links":["https://a","https://b"],
             "oracles":["Chainlink"],"forkedFrom":[],"openSource":true,"listedAt":1648776877,"parentProtocol":"parent#aave"}""";

    private final FakeDefiLlama llama = new FakeDefiLlama();
    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path folder;

    private LlamaFixture fixture;

    @BeforeEach
    void start() {
        fixture = new LlamaFixture(database, folder, llama.root());
        database.jdbc().sql("""
                INSERT INTO asset (id, symbol, name) VALUES ('aave', 'aave', 'Aave'), ('unheld', 'uh', 'Unheld');
                INSERT INTO series (asset, vs_currency, interval) VALUES ('aave', 'usd', '1d');
                INSERT INTO candle VALUES (1, '2026-03-01T00:00:00Z', 1, 1, 1, 1, 0, 0, 0, true, 'test', '2026-03-02T00:00:00Z');
                """).update();
    }

    @AfterEach
    void close() {
        llama.close();
    }

    @Test
    void listIsReadWithEverythingThatMayBeMissing() {
        IngestReport report = protocols(
                "[" + AAVE + ",{\"name\":\"Bob's Farm\",\"symbol\":\"-\",\"gecko_id\":null,\"audits\":null}]");

        assertThat(report.rows()).isEqualTo(new Rows(2, 0, 2, 0, 0, 0, 0));
        assertThat(protocol("aave-v3", fixture.clock.instant()))
                .isEqualTo(new Protocol(
                        "aave-v3",
                        "1599",
                        "Aave V3",
                        "AAVE",
                        "Lending",
                        List.of("Ethereum", "Base"),
                        "aave",
                        "parent#aave",
                        2,
                        2,
                        List.of(),
                        List.of("Chainlink"),
                        true,
                        Instant.ofEpochSecond(1648776877),
                        null,
                        null,
                        true));
        assertThat(protocol("bobs-farm", fixture.clock.instant()))
                .isEqualTo(Protocol.named("bobs-farm", "Bob's Farm", null));
    }

    @Test
    void badElementsOfTheListAreCountedAndCostNoGoodOne() {
        IngestReport report = protocols("[" + AAVE + ",{\"id\":\"1\"},7,{\"name\":\"X\",\"audits\":\"9\"}," + AAVE
                + ",{\"name\":\"Y\",\"gecko_id\":\"No Such Id\"}]");

        assertThat(report.rows()).isEqualTo(new Rows(6, 4, 2, 0, 0, 0, 0));
        assertThat(report.findings()).extracting(Finding::reason).containsExactly("unreadable", "duplicate");
        assertThat(protocol("y", fixture.clock.instant()).asset()).isNull();
    }

    @Test
    void changeIsOneMoreVersionAndTheSameListIsNone() {
        protocols("[" + AAVE + "]");
        Instant before = fixture.clock.instant();
        fixture.clock.advance(DAY);
        assertThat(protocols("[" + AAVE + "]").rows()).isEqualTo(new Rows(1, 0, 0, 0, 1, 0, 0));
        fixture.clock.advance(DAY);
        assertThat(protocols("[" + AAVE.replace("\"audits\":\"2\"", "\"audits\":\"0\"") + "]")
                        .rows())
                .isEqualTo(new Rows(1, 0, 0, 1, 0, 0, 0));

        assertThat(protocol("aave-v3", before).audits()).isEqualTo(2);
        assertThat(protocol("aave-v3", fixture.clock.instant()).audits()).isZero();
        assertThat(fixture.store.protocol("aave-v3", before.minusSeconds(1))).isEmpty();
        assertThat(count("protocol_fact")).isEqualTo(2);
    }

    @Test
    void whatTheListHasNoMoreIsMarkedAsGoneUnlessMuchIsMissing() {
        protocols(list(0, 20));
        Instant before = fixture.clock.instant();
        fixture.clock.advance(DAY);
        assertThat(protocols(list(1, 20)).rows().derived()).isEqualTo(1);
        assertThat(protocol("p0", fixture.clock.instant()).listed()).isFalse();
        assertThat(protocol("p0", before).listed()).isTrue();
        fixture.clock.advance(DAY);

        IngestReport cut = protocols(list(1, 3));

        assertThat(cut.findings()).extracting(Finding::reason).containsExactly("short_list");
        assertThat(protocol("p9", fixture.clock.instant()).listed()).isTrue();
        fixture.clock.advance(DAY);
        assertThat(protocols(list(0, 20)).rows().replaced()).isEqualTo(1);
        assertThat(protocol("p0", fixture.clock.instant()).listed()).isTrue();
    }

    @Test
    void historyOfAHeldAssetIsReadByChainWithoutWhatIsNoChain() {
        protocols("[" + AAVE.replace(",\"parentProtocol\":\"parent#aave\"", "") + "," + element("unheld") + "]");
        llama.says(path -> Answer.of(200, history("aave-v3", """
                "Ethereum":{"tvl":[%s],"tokens":[{"date":1,"tokens":{"USDC":1}}]},"borrowed":{"tvl":[%s]},
                "Ethereum-borrowed":{"tvl":[%s]},"Base":{"tvl":[%s],"tokensInUsd":null},"staking":{"tvl":[]}""".formatted(
                        points(0, 10, 100), points(0, 10, 7), points(0, 10, 7), points(5, 10, 10)))));

        assertThat(fixture.defiLlama().refreshHistories()).isEqualTo(1);

        assertThat(llama.asked()).containsExactly("protocols", "protocol/aave-v3");
        List<Known<LockedValue>> values = values("aave-v3", fixture.clock.instant());
        assertThat(values).hasSize(9 + 9 + 4); // today is not over
        assertThat(values).extracting(known -> known.fact().chain()).doesNotContain("borrowed", "Ethereum-borrowed");
        assertThat(usd(values, null, FIRST)).isEqualTo(100);
        assertThat(usd(values, null, FIRST.plusDays(6))).isEqualTo(110);
        assertThat(newestFindings()).contains("unfinished", "not_a_chain");
    }

    @Test
    void totalThatIsToldIsTakenAndNotSummed() {
        protocols("[" + AAVE.replace(",\"parentProtocol\":\"parent#aave\"", "") + "]");
        llama.says(path -> Answer.of(
                200,
                history("aave-v3", "\"Ethereum\":{\"tvl\":[%s]}".formatted(points(0, 3, 100)))
                        .replace("\"chainTvls\"", "\"tvl\":[%s],\"chainTvls\"".formatted(points(0, 3, 99)))));

        fixture.defiLlama().refreshHistories();

        assertThat(usd(values("aave-v3", fixture.clock.instant()), null, FIRST)).isEqualTo(99);
    }

    @Test
    void dirtInAHistoryIsCountedWithItsReason() {
        protocols("[" + AAVE.replace(",\"parentProtocol\":\"parent#aave\"", "") + "]");
        String dirt = points(0, 1, 100) + "," + points(1, 2, 0) + "," + points(2, 3, 5) + "," + points(2, 3, 6) + ","
                + points(3, 4, 8)
                + "," + points(3, 4, 8) + "," + points(4, 5, -1)
                + ",{\"date\":null,\"totalLiquidityUSD\":1},{\"date\":1772841600,\"totalLiquidityUSD\":null},{\"date\":\"1772928000\",\"totalLiquidityUSD\":\"4.5\"}";
        llama.says(path -> Answer.of(
                200,
                history(
                        "aave-v3",
                        "\"Ethereum\":{\"tvl\":[%s]},\"Base\":{\"tvl\":[%s]}".formatted(dirt, points(0, 9, 1)))));

        fixture.defiLlama().refreshHistories();

        List<Known<LockedValue>> values = values("aave-v3", fixture.clock.instant());
        assertThat(usd(values, "Ethereum", FIRST.plusDays(1))).isZero();
        assertThat(usd(values, "Ethereum", FIRST.plusDays(2))).isEqualTo(6);
        assertThat(usd(values, "Ethereum", LocalDate.of(2026, 3, 8))).isEqualTo(4.5);
        assertThat(values)
                .extracting(Known::fact)
                .noneMatch(v -> v.chain() == null && v.day().equals(FIRST.plusDays(4)));
        assertThat(newestFindings())
                .contains(
                        "unreadable", "not_an_amount", "repeated_time", "duplicate", "partial_total", "nothing_locked");
    }

    @Test
    void firstHistoryIsAssumedToHaveBeenKnownAndLateOrCorrectedFiguresAreNot() {
        protocols("[" + AAVE.replace(",\"parentProtocol\":\"parent#aave\"", "") + "]");
        llama.says(path -> Answer.of(
                200,
                history(
                        "aave-v3",
                        "\"Ethereum\":{\"tvl\":[%s]}".formatted(points(0, 5, 100) + "," + points(6, 9, 100)))));
        fixture.defiLlama().refreshHistories();
        Instant first = fixture.clock.instant();
        fixture.clock.advance(DAY);
        llama.says(path -> Answer.of(
                200,
                history(
                        "aave-v3",
                        "\"Ethereum\":{\"tvl\":[%s]}".formatted(points(0, 1, 42) + "," + points(1, 10, 100)))));
        fixture.defiLlama().refreshHistories();
        Instant second = fixture.clock.instant();

        Instant nextDay = Instant.parse("2026-03-02T01:00:00Z");
        assertThat(total("aave-v3", FIRST, nextDay.minusSeconds(1))).isEmpty();
        assertThat(total("aave-v3", FIRST, nextDay))
                .containsExactly(new Known<>(new LockedValue("aave-v3", FIRST, null, 100), nextDay, true, first));
        assertThat(total("aave-v3", FIRST, second.minusSeconds(1))
                        .getFirst()
                        .fact()
                        .usd())
                .isEqualTo(100);
        assertThat(total("aave-v3", FIRST, second))
                .containsExactly(new Known<>(new LockedValue("aave-v3", FIRST, null, 42), second, false, second));
        assertThat(total("aave-v3", FIRST.plusDays(5), second.minusSeconds(1))).isEmpty();
        assertThat(total("aave-v3", FIRST.plusDays(5), second).getFirst().assumed())
                .isFalse();
        assertThat(total("aave-v3", TODAY, Instant.parse("2026-03-11T00:59:59Z")))
                .isEmpty();
    }

    @Test
    void dayThatIsReadWhenItIsDueIsObserved() {
        protocols("[" + AAVE.replace(",\"parentProtocol\":\"parent#aave\"", "") + "]");
        fixture.clock.set(Instant.parse("2026-03-05T00:30:00Z"));
        llama.says(
                path -> Answer.of(200, history("aave-v3", "\"Ethereum\":{\"tvl\":[%s]}".formatted(points(0, 4, 100)))));

        fixture.defiLlama().refreshHistories();

        assertThat(total("aave-v3", FIRST.plusDays(3), fixture.clock.instant())
                        .getFirst()
                        .assumed())
                .isFalse();
        assertThat(total("aave-v3", FIRST.plusDays(2), fixture.clock.instant())
                        .getFirst()
                        .assumed())
                .isTrue();
    }

    @Test
    void historiesGoOnWhereTheyWereKilledAndAreReadOnceADay() {
        protocols("[" + AAVE.replace(",\"parentProtocol\":\"parent#aave\"", "") + ","
                + AAVE.replace("1599", "2")
                        .replace("aave-v3", "aave-v2")
                        .replace(",\"parentProtocol\":\"parent#aave\"", "")
                + "]");
        llama.says(path -> path.endsWith("v2")
                ? Answer.of(200, history("aave-v2", "\"Ethereum\":{\"tvl\":[%s]}".formatted(points(0, 3, 1))))
                : Answer.of(503, ""));
        assertThatExceptionOfType(DefiLlamaException.class).isThrownBy(fixture.defiLlama()::refreshHistories);
        llama.asked().clear();
        llama.says(
                path -> Answer.of(200, history("aave-v3", "\"Ethereum\":{\"tvl\":[%s]}".formatted(points(0, 3, 1)))));

        assertThat(fixture.defiLlama().refreshHistories()).isEqualTo(1);
        assertThat(fixture.defiLlama().refreshHistories()).isZero();

        assertThat(llama.asked()).containsExactly("protocol/aave-v3");
    }

    @Test
    void protocolThatIsNotFoundDoesNotStopTheOthers() {
        protocols("[" + AAVE + "]");
        llama.says(path -> path.equals("protocol/aave")
                ? Answer.of(404, "{\"message\":\"Protocol not found\"}")
                : Answer.of(200, history("aave-v3", "\"Ethereum\":{\"tvl\":[%s]}".formatted(points(0, 3, 1)))));

        assertThat(fixture.defiLlama().refreshHistories()).isEqualTo(1);
        assertThat(llama.asked()).containsExactly("protocols", "protocol/aave", "protocol/aave-v3");
    }

    @Test
    void parentSaysItselfWhoseTokenItIs() {
        protocols("[" + AAVE.replace("\"gecko_id\":\"aave\"", "\"gecko_id\":null") + "]");
        llama.says(path ->
                Answer.of(200, history("parent#aave", "\"Ethereum\":{\"tvl\":[%s]}".formatted(points(0, 3, 1)))));

        fixture.defiLlama().refreshHistories();

        assertThat(llama.asked()).containsExactly("protocols", "protocol/aave");
        assertThat(protocol("aave", fixture.clock.instant()).asset()).isEqualTo("aave");
        fixture.clock.advance(DAY);
        assertThat(protocols("[" + AAVE.replace("\"gecko_id\":\"aave\"", "\"gecko_id\":null") + "]")
                        .rows()
                        .derived())
                .isZero();
    }

    @Test
    void answerThatIsNoHistoryIsRefusedRecordedAndTold() {
        protocols("[" + AAVE.replace(",\"parentProtocol\":\"parent#aave\"", "") + "]");
        for (String body : List.of(
                "[]",
                "{\"message\":\"Protocol not found\"}",
                "{\"id\":\"1\",\"chainTvls\":{\"Ethereum\":{\"tvl\":[{\"date\":1")) {
            llama.says(path -> Answer.of(200, body));
            fixture.clock.advance(Duration.ofSeconds(1));
            assertThatExceptionOfType(DefiLlamaException.class)
                    .isThrownBy(fixture.defiLlama()::refreshHistories)
                    .satisfies(e -> assertThat(e.trouble()).isEqualTo(Trouble.UNREADABLE));
        }

        assertThat(fixture.defiLlama().state().failing()).isTrue();
        assertThat(count("ingest_run WHERE status = 'refused'")).isEqualTo(3);
        assertThat(count("locked_value")).isZero();
    }

    @Test
    void incidentsOfTheFirstListAreAssumedAndThoseAddedLaterAreKnownSinceThen() {
        String old = hack(LocalDate.of(2022, 3, 29), "Ronin", "624000000");
        incidents("[" + old + "]");
        fixture.clock.advance(DAY.multipliedBy(10));
        incidents("[" + old + "," + hack(LocalDate.of(2026, 3, 12), "Late", "1000") + "]");

        assertThat(fixture.store.incidents(Instant.parse("2022-03-30T23:59:59Z"), null, 10))
                .isEmpty();
        assertThat(fixture.store.incidents(Instant.parse("2022-03-31T00:00:00Z"), null, 10))
                .hasSize(1);
        List<ProtocolStore.Numbered> all = fixture.store.incidents(fixture.clock.instant(), null, 10);
        assertThat(all).extracting(one -> one.incident().fact().name()).containsExactly("Late", "Ronin");
        assertThat(all).extracting(one -> one.incident().assumed()).containsExactly(true, true);
        fixture.clock.advance(DAY.multipliedBy(10));
        incidents("[" + old + "," + hack(LocalDate.of(2026, 3, 2), "Found much later", "5") + "]");
        assertThat(fixture.store.incidents(fixture.clock.instant(), null, 10))
                .filteredOn(one -> one.incident().fact().name().startsWith("Found"))
                .allSatisfy(one -> assertThat(one.incident().at()).isEqualTo(fixture.clock.instant()));
    }

    @Test
    void sameListAnsweredEveryDayProvesEveryDayThatNothingElseWasKnown() {
        incidents("[" + hack(LocalDate.of(2022, 3, 29), "Ronin", "1") + "]");
        fixture.clock.advance(DAY.multipliedBy(10));
        incidents("[" + hack(LocalDate.of(2022, 3, 29), "Ronin", "1") + "]");
        fixture.clock.advance(DAY);
        incidents("[" + hack(LocalDate.of(2022, 3, 29), "Ronin", "1") + ","
                + hack(LocalDate.of(2026, 3, 15), "Late", "1") + "]");

        assertThat(fixture.store
                        .incidents(fixture.clock.instant(), null, 1)
                        .getFirst()
                        .incident()
                        .assumed())
                .isFalse();
    }

    @Test
    void correctedLossIsOneMoreVersionAndTwoEventsOfANameOnADayStayTwo() {
        LocalDate day = LocalDate.of(2021, 10, 8);
        String two = hack(day, "Mirror", "2000000") + "," + hack(day, "Mirror", "90000000");
        assertThat(incidents("[" + two + "]").rows()).isEqualTo(new Rows(2, 0, 2, 0, 0, 0, 0));
        fixture.clock.advance(DAY);

        assertThat(incidents("[" + two.replace("2000000", "3000000") + "]").rows())
                .isEqualTo(new Rows(2, 0, 0, 1, 1, 0, 0));
        assertThat(fixture.store.incidents(fixture.clock.instant().minusSeconds(60), null, 10))
                .extracting(one -> one.incident().fact().usd())
                .containsExactlyInAnyOrder(2e6, 9e7);
        assertThat(fixture.store.incidents(fixture.clock.instant(), null, 10))
                .extracting(one -> one.incident().fact().usd())
                .containsExactlyInAnyOrder(3e6, 9e7);
    }

    @Test
    void incidentIsJoinedByNumberElseByParentElseByNameElseNot() {
        protocols("[" + AAVE + "," + element("Curve") + "]");
        LocalDate day = LocalDate.of(2023, 7, 30);
        incidents("[" + hack(day, "AAVE", "1").replace("\"defillamaId\":null", "\"defillamaId\":\"1599\"") + ","
                + hack(day, "curve", "2") + ","
                + hack(day, "Aave Arc", "4")
                        .replace("\"defillamaId\":null", "\"defillamaId\":\"99\",\"parentProtocolId\":\"1599\"")
                + "," + hack(day, "Somebody", "3") + "]");

        assertThat(fixture.store.incidents(fixture.clock.instant(), null, 10))
                .extracting(one -> one.incident().fact().protocol())
                .containsExactlyInAnyOrder("aave-v3", "curve", "aave-v3", null);
    }

    @Test
    void listThatIsNotFreeIsReplacedByTheCsvWhereOneIsSet() throws IOException {
        llama.says(path -> path.equals("hacks") ? Answer.of(403, "{\"message\":\"plan only\"}") : Answer.of(200, """
                date,name,classification,technique,amount,chain,bridgeHack,targetType,source,returnedFunds,defillamaId
                2022-03-29,Ronin,Infrastructure,Keys,624000000.0,"['Ronin', 'Ethereum']",True,Bridge,https://x,,1.0
                """));
        assertThatExceptionOfType(DefiLlamaException.class)
                .isThrownBy(fixture.defiLlama()::refreshIncidents)
                .withMessageContaining("put the CSV into the inbox");

        fixture.withIncidentList(URI.create(llama.root() + "/hacks.csv")).refreshIncidents();
        Path copy = folder.resolve("hacks.csv");
        Files.writeString(copy, llamaCsv());
        IngestReport again = fixture.withIncidentList(copy.toUri()).refreshIncidents();

        assertThat(again.rows()).isEqualTo(new Rows(1, 0, 0, 0, 1, 0, 0));
        assertThat(fixture.store
                        .incidents(fixture.clock.instant(), null, 10)
                        .getFirst()
                        .incident()
                        .fact()
                        .chains())
                .containsExactly("Ronin", "Ethereum");
    }

    @Test
    void archiveReadAgainChangesNothingAndIntoAnEmptyDatabaseBringsBackAll() {
        firstHistoryIsAssumedToHaveBeenKnownAndLateOrCorrectedFiguresAreNot();
        List<String> before = everything(database);

        rebuild(fixture.ingestion);
        assertThat(everything(database)).isEqualTo(before);

        TestDatabase empty = TestDatabase.create();
        rebuild(fixture.ingestion(empty));
        assertThat(everything(empty)).isEqualTo(before);
    }

    private void rebuild(ProtocolIngestion ingestion) {
        for (ArchivedPayload archived : fixture.archive.payloads()) {
            ingestion.ingest(archived);
        }
    }

    private static List<String> everything(TestDatabase database) {
        return database.jdbc().sql("""
                SELECT concat_ws(' ', slug, known_at, assumed, recorded_at, fact) FROM protocol_fact JOIN protocol ON protocol_id = id
                UNION ALL
                SELECT concat_ws(' ', slug, source, chain, day, known_at, assumed, recorded_at, usd)
                FROM locked_value JOIN protocol ON protocol_id = id
                ORDER BY 1
                """).query(String.class).list();
    }

    private static String llamaCsv() {
        return """
                date,name,classification,technique,amount,chain,bridgeHack,targetType,source,returnedFunds,defillamaId
                1648512000,Ronin,Infrastructure,Keys,624000000,"[""Ronin"",""Ethereum""]",true,Bridge,https://x,,1
                """;
    }

    private IngestReport protocols(String body) {
        llama.says(path -> Answer.of(200, body));
        return fixture.defiLlama().refreshProtocols();
    }

    private IngestReport incidents(String body) {
        llama.says(path -> Answer.of(200, body));
        return fixture.defiLlama().refreshIncidents();
    }

    private Protocol protocol(String slug, Instant asOf) {
        return fixture.store.protocol(slug, asOf).orElseThrow().fact();
    }

    private List<Known<LockedValue>> values(String slug, Instant asOf) {
        return fixture.store.lockedValues("defillama", slug, LocalDate.EPOCH, TODAY.plusDays(30), asOf);
    }

    private List<Known<LockedValue>> total(String slug, LocalDate day, Instant asOf) {
        return fixture.store.totals("defillama", day, day.plusDays(1), asOf).getOrDefault(slug, List.of());
    }

    private static double usd(List<Known<LockedValue>> values, @Nullable String chain, LocalDate day) {
        return values.stream()
                .map(Known::fact)
                .filter(value -> java.util.Objects.equals(value.chain(), chain)
                        && value.day().equals(day))
                .findFirst()
                .orElseThrow()
                .usd();
    }

    private List<String> newestFindings() {
        return database.jdbc().sql("""
                SELECT json_array_elements(report -> 'findings') ->> 'reason'
                FROM (SELECT report FROM ingest_run ORDER BY id DESC LIMIT 1) newest
                """).query(String.class).list();
    }

    private long count(String table) {
        return database.jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    private static String element(String name) {
        return "{\"id\":\"%d\",\"name\":\"%s\",\"chains\":[]}"
                .formatted(Math.floorMod(name.hashCode(), 1_000_000), name);
    }

    private static String list(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> element("p" + i)).collect(Collectors.joining(",", "[", "]"));
    }

    private static String hack(LocalDate day, String name, String amount) {
        return """
                {"date":%d,"name":"%s","classification":"Protocol Logic","technique":"Reentrancy","amount":%s,"chain":["Ethereum"],
                 "bridgeHack":false,"targetType":"DeFi Protocol","source":"https://x","returnedFunds":null,"defillamaId":null,
                 "language":"Solidity"}""".formatted(day.toEpochDay() * 86_400, name, amount);
    }

    /** With what stands below {@code chains} after it, as it may be. */
    private static String history(String id, String chainTvls) {
        return """
                {"id":"%s","name":"Aave","url":"https://aave.com","gecko_id":"aave","currentChainTvls":{"Ethereum":1},"chainTvls":{%s},
                 "tokens":[],"raises":[{"a":[1]}],"chains":["Ethereum","Base"]}""".formatted(id, chainTvls);
    }

    /** Days {@code from} (inclusive) to {@code to} (exclusive) after 2026-03-01. */
    private static String points(int from, int to, double usd) {
        return IntStream.range(from, to)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "{\"date\":%d,\"totalLiquidityUSD\":%s}",
                        FIRST.plusDays(i).toEpochDay() * 86_400,
                        usd))
                .collect(Collectors.joining(","));
    }
}
