package io.mlpool.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetReader;
import io.mlpool.errors.RefusedException;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.Snapshots;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.TestCandles;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.dataset.DatasetRequest;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.export.DatasetExport.Content;
import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.table.TableFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;

class DatasetExportTest {

    private static final int CANDLES = 500;

    private final TestDatabase database = TestDatabase.create();
    private final DatasetReader reader = new DatasetReader(
            new CandleStore(database.jdbc()), Snapshots.of(new JdbcTransactionManager(database.dataSource())));
    private final DatasetExport export = new DatasetExport(database.jdbc(), reader);
    private String version = "";

    @BeforeEach
    void takeASnapshot() {
        new TestCandles(database.dataSource())
                .load("bitcoin", Interval.ONE_HOUR, TestCandles.START, TestCandles.walk(CANDLES, 0, 1));
        DatasetSnapshot snapshot = reader.read(new DatasetRequest(Interval.ONE_HOUR, List.of(), Optional.empty(), 4))
                .snapshot();
        version = snapshot.version();
        database.jdbc()
                .sql("""
                INSERT INTO training_run (id, model, interval, algorithm, cause, state, request, snapshot, created_at)
                VALUES ('r', 'price-1h', '1h', 'lstm', 'request', 'succeeded', '{}', :snapshot::json, now())
                """)
                .param("snapshot", RunJson.MAPPER.writeValueAsString(snapshot))
                .update();
    }

    @Test
    void candlesAreThoseThatWereLearnedFrom() throws IOException {
        Path file = export.write(version, Content.CANDLES, TableFormat.CSV);
        List<String> lines = Files.readAllLines(file);
        Files.delete(file);

        assertThat(lines).hasSize(1 + CANDLES);
        assertThat(lines.getFirst()).isEqualTo("asset,open_time,close,turnover,range");
        assertThat(lines.get(1)).startsWith("bitcoin," + TestCandles.START + ",");
    }

    @Test
    void parquetHoldsTheSameAsCsvWithTypes() throws IOException {
        Path csv = export.write(version, Content.FEATURES, TableFormat.CSV);
        Path parquet = export.write(version, Content.FEATURES, TableFormat.PARQUET);
        List<String> lines = Files.readAllLines(csv);
        MessageType schema =
                ParquetReader.readMetadata(parquet.toFile()).getFileMetaData().getSchema();

        assertThat(schema.getColumns()).hasSize(lines.getFirst().split(",", -1).length);
        assertThat(typed(schema, "event_time")).isEqualTo("REQUIRED INT64 TIMESTAMP(MICROS,true)");
        assertThat(typed(schema, "asset")).isEqualTo("REQUIRED BINARY STRING");
        assertThat(typed(schema, "return_24")).isEqualTo("OPTIONAL FLOAT null");
        try (Stream<String[]> rows = ParquetReader.streamContentToStrings(parquet.toFile())) {
            List<String> closes = rows.map(row -> value(row, "close")).toList();
            assertThat(closes)
                    .isEqualTo(lines.stream()
                            .skip(1)
                            .map(line -> line.split(",", -1)[2])
                            .toList())
                    .hasSizeGreaterThan(100);
        }
        Files.delete(csv);
        Files.delete(parquet);
    }

    @Test
    void aDataSetWhoseCandlesWereCorrectedIsNotWhatItWas() {
        correct();

        assertThatThrownBy(() -> export.write(version, Content.CANDLES, TableFormat.PARQUET))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("were corrected or came late");
    }

    @Test
    void aDataSetOfBeforeRangesCountedIsRefusedForThatReasonUnlessItsCandlesChangedToo() {
        String before = versionWithoutRanges();
        database.jdbc()
                .sql("UPDATE training_run SET snapshot = replace(snapshot::text, :version, :before)::json")
                .param("version", version)
                .param("before", before)
                .update();

        assertThatThrownBy(() -> export.write(before, Content.CANDLES, TableFormat.CSV))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("was taken before feature schema price-v3")
                .hasMessageContaining("train again");
        correct();
        assertThatThrownBy(() -> export.write(before, Content.CANDLES, TableFormat.CSV))
                .hasMessageContaining("were corrected or came late");
    }

    /** As the build before price-v3 named a data set: key and size in a line each, then open second, close, turnover and whether that trails. */
    private String versionWithoutRanges() {
        MessageDigest digest = sha256();
        for (CandleSeries series :
                reader.series(List.of("bitcoin"), Interval.ONE_HOUR, TestCandles.START.plus(Duration.ofDays(99)))) {
            digest.update("bitcoin/usd/1h\n%d\n".formatted(series.size()).getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < series.size(); i++) {
                digest.update(ByteBuffer.allocate(25)
                        .putLong(series.openTime(i).getEpochSecond())
                        .putDouble(series.close(i))
                        .putDouble(series.turnover(i))
                        .put((byte) (series.turnoverIsTrailing(i) ? 1 : 0))
                        .array());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void correct() {
        database.jdbc()
                .sql("UPDATE candle SET close = close * 1.0001, high = high * 1.01 WHERE open_time = :at")
                .param("at", TestCandles.START.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Test
    void aDataSetThatNobodyUsedIsNotFound() {
        assertThatThrownBy(() -> export.write("0".repeat(64), Content.CANDLES, TableFormat.CSV))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("GET /datasets");
    }

    /** Parquet's own words for a type are written in the case of the machine's language. */
    private static String typed(MessageType schema, String column) {
        PrimitiveType type = schema.getType(column).asPrimitiveType();
        return "%s %s %s".formatted(type.getRepetition(), type.getPrimitiveTypeName(), type.getLogicalTypeAnnotation());
    }

    private static String value(String[] row, String column) {
        return Stream.of(row)
                .filter(cell -> cell.startsWith(column + "="))
                .map(cell -> cell.substring(column.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
