package io.mlpool.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.ingest.RecordedRows;
import io.mlpool.ingest.UnreadablePayloadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnpackingTest {

    private static final byte[] HOURS = bytes("1704067200,1,1,1,1,1\n1704070800,1,1,1,1,1\n");

    @Test
    void zipOfSeveralFilesIsReadFileByFile() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("binance/BTCUSDT-1h.csv", HOURS);
        files.put("kraken/ETHEUR-1h.csv.gz", Sample.gzip(HOURS));
        files.put("__MACOSX/._BTCUSDT-1h.csv", bytes("rubbish"));
        files.put("README.txt", bytes("Made by us."));

        RecordedRows read = Sample.read("all.zip", Sample.zip(files), Map.of());

        assertThat(read.rows)
                .extracting(row -> row.key() + "@" + row.venue())
                .containsExactly(
                        "bitcoin/usd/1h@binance",
                        "bitcoin/usd/1h@binance",
                        "ethereum/eur/1h@kraken",
                        "ethereum/eur/1h@kraken");
        assertThat(read.unreadable).singleElement().asString().contains("all.zip");
    }

    @Test
    void pathThatPointsOutsideIsRefused() {
        for (String path :
                new String[] {"../BTCUSDT-1h.csv", "/etc/BTCUSDT-1h.csv", "a/../../BTCUSDT-1h.csv", "..\\x"}) {
            assertThatThrownBy(() -> Sample.read("a.zip", Sample.zip(Map.of(path, HOURS)), Map.of()))
                    .isInstanceOf(UnreadablePayloadException.class)
                    .hasMessageContaining("points outside");
        }
    }

    @Test
    void moreThanAllowedIsRefused() {
        String line = "1704067200,1,1,1,1,1\n";
        byte[] many = bytes(line.repeat(1_000_000));

        assertThatThrownBy(() -> Sample.read("BTCUSDT-1h.csv.gz", Sample.gzip(many), Map.of()))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("unpack to more than");
    }

    @Test
    void bombIsRefusedLongBeforeTheLimit() throws IOException {
        ByteBudget budget = new ByteBudget("bomb.zip", Long.MAX_VALUE);
        budget.packed(new ByteArrayInputStream(new byte[1000])).readAllBytes();

        assertThatThrownBy(() -> budget.unpacked(new ByteArrayInputStream(new byte[65 << 20]))
                        .transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("1000 bytes unpack to more than");
    }

    @Test
    void zipThatIsCutOffKeepsWhatCameBefore() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("BTCUSDT-1h.csv", HOURS);
        files.put("ETHUSDT-1h.csv", HOURS);
        byte[] zip = Sample.zip(files);

        RecordedRows read = Sample.read("all.zip", Arrays.copyOf(zip, 140), Map.of());

        assertThat(read.rows).extracting(row -> row.key().asset()).contains("bitcoin");
        assertThat(read.unreadable).isNotEmpty();
    }

    @Test
    void packingWithinPackingHasAnEnd() {
        byte[] deep = HOURS;
        for (int i = 0; i < 5; i++) {
            deep = Sample.gzip(deep);
        }
        byte[] packed = deep;

        assertThatThrownBy(() -> Sample.read("BTCUSDT-1h", packed, Map.of()))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("packed more than 3 times");
    }

    @Test
    void workbookWithinAZipIsReadAsBitgetPacksIt() {
        byte[] workbook = Sample.zip(parts());

        RecordedRows read =
                Sample.read("BTCUSDT-1m-20240101.zip", Sample.zip(Map.of("20240101.xlsx", workbook)), Map.of());

        assertThat(read.rows).singleElement().satisfies(row -> {
            assertThat(row.openTime()).isEqualTo("2024-01-01T00:00:00Z");
            assertThat(row.high()).isEqualTo(12.5);
            assertThat(row.volumeAmount()).isEqualTo(5);
        });
    }

    private static Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", bytes("<Types/>"));
        parts.put("xl/worksheets/sheet1.xml", bytes("""
                <worksheet><sheetData>
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>
                <c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c><c r="F1" t="inlineStr"><is><t>basevolume</t></is></c></row>
                <row r="2"><c r="A2"><v>1704067200</v></c><c r="B2"><v>10</v></c><c r="C2"><v>12.5</v></c>
                <c r="D2"><v>9</v></c><c r="E2"><v>11</v></c><c r="F2"><v>5</v></c></row>
                </sheetData></worksheet>"""));
        parts.put(
                "xl/sharedStrings.xml",
                bytes(
                        "<sst><si><t>timestamp</t></si><si><t>open</t></si><si><t>high</t></si><si><t>low</t></si><si><r><t>clo</t></r><r><t>se</t></r></si></sst>"));
        return parts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
