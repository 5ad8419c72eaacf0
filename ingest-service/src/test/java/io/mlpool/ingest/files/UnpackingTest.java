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
    void fileThatNobodyReadsCountsAsUnpackedAllTheSame() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("nothing.bin", new byte[17 << 20]);
        files.put("BTCUSDT-1h.csv", HOURS);

        assertThatThrownBy(() -> Sample.read("all.zip", Sample.zip(files), Map.of()))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("unpack to more than");
    }

    @Test
    void workbookWithoutASheetIsRefused() {
        byte[] empty = Sample.zip(Map.of("[Content_Types].xml", bytes("<Types/>")));

        assertThatThrownBy(() -> Sample.read("BTCUSDT-1h.xlsx", empty, Map.of()))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("the workbook is damaged");
    }

    @Test
    void workbookWithinAZipIsReadAsBitgetPacksIt() {
        byte[] workbook = Sample.workbook();

        RecordedRows read =
                Sample.read("BTCUSDT-1m-20240101.zip", Sample.zip(Map.of("20240101.xlsx", workbook)), Map.of());

        assertThat(read.rows).singleElement().satisfies(row -> {
            assertThat(row.openTime()).isEqualTo("2024-01-01T00:00:00Z");
            assertThat(row.high()).isEqualTo(12.5);
            assertThat(row.volumeAmount()).isEqualTo(5);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
