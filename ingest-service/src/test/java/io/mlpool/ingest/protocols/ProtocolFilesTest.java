package io.mlpool.ingest.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.ingest.IngestReport;
import io.mlpool.ingest.IngestReport.Rows;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.cleaning.Finding;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.protocols.Incident;
import io.mlpool.protocols.Known;
import io.mlpool.protocols.LockedValue;
import io.mlpool.protocols.Protocol;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** The files are made by hand in the columns of those that people have. */
class ProtocolFilesTest {

    private static final String HACKS = "date,name,classification,technique,amount,chain,bridgeHack,targetType,source,"
            + "returnedFunds,defillamaId,language,parentProtocolId,amount_m,name_lower\n";
    private static final String LAB = "date,protocol,attack_type,lost_text,lost_usd_parsed,reference,list_file\n";
    private static final String PULSE = "time,tvlusd,tvleth,dai,token\n";

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock(Instant.parse("2024-06-01T00:00:00Z"));
    private final ProtocolFiles files = new ProtocolFiles(SymbolMap.bundled(), 1 << 30);
    private final ProtocolStore store = new ProtocolStore(database.jdbc());

    @TempDir
    private Path folder;

    private ProtocolIngestion ingestion;

    @BeforeEach
    void start() {
        ingestion = new ProtocolIngestion(
                List.of(files),
                new RawArchive(folder, clock),
                database.dataSource(),
                new RunCounts(new SimpleMeterRegistry()),
                clock);
    }

    @Test
    void listOfHacksIsReadByTheNamesOfItsColumns() {
        IngestReport report = take(HACKS
                + "2022-03-23,Ronin,Infrastructure,Private Key Compromised,624000000.0,\"['Ethereum', 'Ronin']\",True,"
                + "Bridge,https://x,5000000.0,1074.0,Solidity,parent#ronin,624,ronin\n"
                + "2023-01-01,Nobody,,,,[],False,CEX,,,,,,,\n");

        assertThat(report.rows()).isEqualTo(new Rows(2, 0, 2, 0, 0, 0, 0));
        assertThat(report.findings()).extracting(Finding::reason).containsExactly("unclear_amount");
        assertThat(incidents())
                .contains(new Incident(
                        "defillama",
                        LocalDate.of(2022, 3, 23),
                        "Ronin",
                        "Infrastructure",
                        "Private Key Compromised",
                        6.24e8,
                        5e6,
                        List.of("Ethereum", "Ronin"),
                        "Bridge",
                        true,
                        "https://x",
                        "1074",
                        "parent#ronin",
                        null));
    }

    @Test
    void listOfDeFiHackLabsLosesNoIncidentBecauseOfAnUnclearLoss() {
        IngestReport report =
                take(LAB + "2017-07-19,Parity,delegatecall,\"153,037 ETH (~$30M)\",30000000.0,https://x,a\n"
                        + "2017-11-06,Parity,'Accidentally Killed It',514k ETH,,https://x,a\n"
                        + "2023-12-01,Bob,Reentrancy,\"~$1,6M\",16000000.0,https://x,a\n");

        assertThat(report.rows()).isEqualTo(new Rows(3, 0, 3, 0, 0, 0, 0));
        assertThat(report.findings()).extracting(Finding::count).containsExactly(2L);
        assertThat(incidents()).extracting(Incident::usd).containsExactly(null, null, 3e7);
        assertThat(incidents()).extracting(Incident::list).containsOnly("defihacklabs");
    }

    @Test
    void incidentOfAFileIsAssumedToHaveBeenKnownADayAfterItsDayAlsoWhenALaterFileBringsIt() {
        take(LAB + "2023-01-01,A,x,$1k,1000,,\n");
        clock.advance(Duration.ofDays(30));

        assertThat(take(LAB + "2023-01-01,A,x,$1k,1000,,\n2023-01-02,B,x,$1k,1000,,\n")
                        .rows())
                .isEqualTo(new Rows(2, 0, 1, 0, 1, 0, 0));
        assertThat(store.incidents(Instant.parse("2023-01-03T00:00:00Z"), null, 10))
                .hasSize(1);
        assertThat(store.incidents(Instant.parse("2023-01-04T00:00:00Z"), null, 10))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.incident().assumed()).isTrue());
    }

    @Test
    void incidentsAreTurnedOverPageByPage() {
        take(LAB + "2023-01-01,A,x,,,,\n2023-01-02,B,x,,,,\n2023-01-02,C,x,,,,\n");
        List<ProtocolStore.Numbered> first = store.incidents(clock.instant(), null, 2);

        assertThat(first).extracting(one -> one.incident().fact().name()).containsExactly("C", "B");
        assertThat(store.incidents(clock.instant(), first.getLast().number(), 2))
                .extracting(one -> one.incident().fact().name())
                .containsExactly("A");
    }

    @Test
    void historyOfDeFiPulseIsMarkedAsAssumedAndKeepsItsZerosAndTheLastOfRepeatedDays() {
        IngestReport report = take(PULSE + "2021-04-21,9442645834,3928559.29,84136562.1,maker\n"
                + "2021-04-21,9244939941,3961477.6,81794228.0,maker\n"
                + "2021-04-20,8686266124,4012502.8,79453388.1,maker\n"
                + "2017-12-18,0,0.0,1.002,maker\n"
                + "2017-12-18,-5,0.0,1.002,maker\n"
                + "2017-12-19,much,0.0,1.002,maker\n"
                + "2024-06-01,7,0.0,1.002,maker\n");

        assertThat(report.rows()).isEqualTo(new Rows(7, 4, 3, 0, 0, 0, 0));
        assertThat(report.findings())
                .extracting(Finding::reason)
                .containsExactlyInAnyOrder(
                        "unreadable", "unfinished", "repeated_time", "not_an_amount", "nothing_locked");
        Known<LockedValue> newest = values("maker").getLast();
        assertThat(newest)
                .isEqualTo(new Known<>(
                        new LockedValue("maker", LocalDate.of(2021, 4, 21), null, 9244939941.0),
                        Instant.parse("2021-04-22T01:00:00Z"),
                        true,
                        clock.instant()));
        assertThat(store.protocol("maker", clock.instant()).orElseThrow().fact())
                .isEqualTo(Protocol.named("maker", "maker", "maker"));
    }

    @Test
    void otherFigureInALaterFileIsKnownSinceThatFile() {
        take(PULSE + "2021-04-20,100,0,0,compound\n");
        Instant first = clock.instant();
        clock.advance(Duration.ofDays(1));

        assertThat(take(PULSE + "2021-04-20,101,0,0,compound\n").rows().replaced())
                .isEqualTo(1);
        assertThat(store.totals("defipulse", LocalDate.EPOCH, LocalDate.of(2100, 1, 1), first)
                        .get("compound"))
                .isNotNull();
        assertThat(values("compound").getFirst().fact().usd()).isEqualTo(101);
        assertThat(values("compound").getFirst().assumed()).isFalse();
        assertThat(store.protocol("compound", clock.instant())
                        .orElseThrow()
                        .fact()
                        .asset())
                .isEqualTo("compound-governance-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time,tvlusd,tvleth\n2021-04-23,57650059049,23878086\n",
                "time,tvlusd,tvleth,category\n2021-04-24,28242445474,12014734,lending\n"
            })
    void sumsOverManyProtocolsAreRefusedAndSayWhy(String csv) {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> take(csv))
                .withMessageContaining("it names no protocol");
    }

    @Test
    void fileAboutOneProtocolIsToldByItsHint() {
        ingestion.ingest(payload("a.csv", "time,tvlusd\n2021-04-23,5\n", Map.of("asset", "aave")));

        assertThat(values("aave")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp,open,high,low,close,volume\n1704067200,1,1,1,1,1\n",
                "time,close\n1704067200,1\n",
                "snapped_at,price,market_cap,total_volume\n2021-01-01 00:00:00 UTC,1,2,3\n",
                ""
            })
    void filesOfCandlesAreLeftToOthers(String csv) throws IOException {
        assertThat(files.reads(payload("x.csv", csv, Map.of()))).isFalse();
    }

    @Test
    void titleDelimiterByteOrderMarkAndZipAreNoHindrance() throws IOException {
        String csv = "\uFEFFhttps://example.org\r\nDate;Name;Technique;Amount\r\n1648512000;Ronin;Keys;624,000,000\r\n";
        Payload zipped = zip("deep/hacks.csv", csv);

        assertThat(files.reads(zipped)).isTrue();
        assertThat(ingestion.ingest(zipped).rows().added()).isEqualTo(1);
        assertThat(incidents().getFirst().usd()).isEqualTo(6.24e8);
        assertThat(incidents().getFirst().day()).isEqualTo(LocalDate.of(2022, 3, 29));
    }

    @Test
    void badLinesAreCountedAndCostNoGoodOne() {
        IngestReport report = take(HACKS + "yesterday,A,,,1,[],,,,,,,,,\n"
                + "2023-02-30,B,,,1,[],,,,,,,,,\n"
                + "2023-01-01,,,,1,[],,,,,,,,,\n"
                + "2023-01-01,C,,,-1,[],,,,,,,,,\n"
                + "2099-01-01,D,,,1,[],,,,,,,,,\n"
                + "2023-01-01\n"
                + "2023-01-01,E,,,1,[],,,,,,,,,\n"
                + "2023-01-01,E,,,1,[],,,,,,,,,\n");

        assertThat(report.rows()).isEqualTo(new Rows(8, 7, 1, 0, 0, 0, 0));
    }

    @Test
    void protocolIsIntroducedWhenItsOwnFirstDayWasOver() {
        take(PULSE + "2020-01-01,1,0,0,maker\n2021-01-01,1,0,0,uniswap\n2020-06-01,1,0,0,uniswap\n");

        assertThat(store.protocol("uniswap", Instant.parse("2020-06-01T23:59:59Z")))
                .isEmpty();
        assertThat(store.protocol("uniswap", Instant.parse("2020-06-02T00:00:00Z")))
                .isPresent();
    }

    @Test
    void whatFailsOnTheWayLeavesNothingAndIsWholeTheNextTime() {
        String csv = PULSE + "2020-01-01,1,0,0,maker\n";
        database.jdbc().sql("ALTER TABLE ingest_run RENAME TO away").update();
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> take(csv));
        assertThat(values("maker")).isEmpty();
        assertThat(store.protocol("maker", clock.instant())).isEmpty();

        database.jdbc().sql("ALTER TABLE away RENAME TO ingest_run").update();

        assertThat(take(csv).rows()).isEqualTo(new Rows(1, 0, 1, 0, 0, 0, 0));
    }

    private IngestReport take(String csv) {
        return ingestion.ingest(payload("file.csv", csv, Map.of()));
    }

    private List<Incident> incidents() {
        return store.incidents(clock.instant(), null, 100).stream()
                .map(one -> one.incident().fact())
                .toList();
    }

    private List<Known<LockedValue>> values(String slug) {
        return store.lockedValues("defipulse", slug, LocalDate.EPOCH, LocalDate.of(2100, 1, 1), clock.instant());
    }

    private static Payload payload(String name, String csv, Map<String, String> hints) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return new Payload(FileSource.NAME, name, hints, () -> new ByteArrayInputStream(bytes));
    }

    private static Payload zip(String entry, String csv) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(csv.getBytes(StandardCharsets.UTF_8));
        }
        return new Payload(FileSource.NAME, "hacks.zip", Map.of(), () -> new ByteArrayInputStream(bytes.toByteArray()));
    }
}
