package io.mlpool.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.ingest.RecordedRows;
import io.mlpool.ingest.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DamagedFilesTest {

    private static final int FILES = 10_000;

    private static final String CSV =
            "time,symbol,open,high,low,close,volume\n2024-01-01 00:00:00.5+01:00,BTC-USD,\"1,000.5\",1e3,1,1,5\n1704067200,LUNAUSDT,1,2,0.5,1,5\n";
    private static final String JSON =
            "{\"code\":\"0\",\"symbol\":\"BTCUSDT\",\"data\":[{\"t\":1704067200,\"o\":1,\"h\":2,\"l\":1,\"c\":1,\"x\":[1]},[1704070800,1,2,1,1,null]]}";

    private final Random random = new Random(7);

    @Test
    void anyDamageIsToldAndNothingElseHappens() {
        List<byte[]> good = List.of(
                bytes(CSV),
                bytes(JSON),
                bytes("1704067200;1,5;2,5;1;1\n"),
                Sample.gzip(bytes(CSV)),
                Sample.zip(Map.of("a/BTCUSDT-1h.csv", bytes(CSV))),
                Sample.workbook(),
                Sample.zip(Map.of("BTCUSDT-1h.xlsx", Sample.workbook())));
        int read = 0;
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] file = damaged(good.get(i % good.size()));
            try {
                RecordedRows rows = Sample.read("BTCUSDT-1h.csv", file, Map.of());
                read += rows.rows.isEmpty() ? 0 : 1;
            } catch (UnreadablePayloadException e) {
                refused++;
                assertThat(e).message().startsWith("BTCUSDT-1h.csv: ").doesNotContainPattern("\\p{Cntrl}");
            }
        }

        assertThat(read + refused).isEqualTo(FILES);
        assertThat(read).isGreaterThan(FILES / 10);
        assertThat(refused).isGreaterThan(FILES / 10);
    }

    private byte[] damaged(byte[] good) {
        byte[] file = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
        for (int changes = random.nextInt(8); changes > 0 && file.length > 0; changes--) {
            int at = random.nextInt(file.length);
            file[at] = random.nextBoolean() ? (byte) random.nextInt(256) : file[random.nextInt(file.length)];
        }
        return file;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
