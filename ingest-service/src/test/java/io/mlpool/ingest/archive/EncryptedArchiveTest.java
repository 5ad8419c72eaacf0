package io.mlpool.ingest.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.encryption.EncryptedFileException;
import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.KeyFile;
import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.Hours;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.testing.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class EncryptedArchiveTest {

    private static final String FILE = "binance/BTCUSDT-1h.csv";
    private static final String CSV = Hours.csv(0, 100, 100);

    private static final String GZIP = "\u001f\u008b";

    private final SettableClock clock = new SettableClock(Instant.parse("2024-06-01T12:00:00Z"));

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private KeyFile keys;

    @BeforeEach
    void makeAKey() {
        keys = new KeyFile(elsewhere.resolve("keys.json"));
        keys.create();
    }

    @Test
    void contentLiesEncryptedUnderTheDigestOfWhatItIs() throws IOException {
        ArchivedPayload plain = new RawArchive(elsewhere.resolve("plain"), clock).store(Hours.file(FILE, CSV));

        ArchivedPayload archived = encrypted().store(Hours.file(FILE, CSV));

        assertThat(archived.sha256()).isEqualTo(plain.sha256());
        assertThat(content(archived)).isEqualTo(CSV);
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .filteredOn(name -> !name.endsWith(".json"))
                .containsExactly(archived.sha256() + ".gz.enc");
        assertThat(text(file(archived.sha256()))).doesNotStartWith(GZIP).doesNotContain("timestamp");
    }

    @Test
    void whatWasKeptBeforeStaysReadableAndIsNotKeptTwice() throws IOException {
        ArchivedPayload before = new RawArchive(folder, clock).store(Hours.file(FILE, CSV));
        clock.advance(Duration.ofDays(2));

        ArchivedPayload again = encrypted().store(Hours.file(FILE, CSV));

        assertThat(again.fetchedAt()).isEqualTo(before.fetchedAt());
        assertThat(content(again)).isEqualTo(CSV);
        assertThat(files()).hasSize(2);
    }

    @Test
    void whatWasKeptEncryptedIsNotKeptPlainLater() {
        encrypted().store(Hours.file(FILE, CSV));
        clock.advance(Duration.ofDays(2));

        new RawArchive(folder, clock).store(Hours.file(FILE, CSV));

        assertThat(files()).hasSize(2);
    }

    @Test
    void withoutTheKeyFileAndSettingAreNamed() {
        encrypted().store(Hours.file(FILE, CSV));

        ArchivedPayload unreadable = new RawArchive(folder, clock).payloads().getFirst();

        assertThat(unreadable.payload().name()).isEqualTo(FILE);
        assertThatThrownBy(() -> content(unreadable))
                .isInstanceOf(EncryptedFileException.class)
                .hasMessageContaining(file(unreadable.sha256()).toString())
                .hasMessageContaining("mlpool.encryption.keys");
    }

    @Test
    void filesThatChangedPlacesAreNoticed() throws IOException {
        ArchivedPayload one = encrypted().store(Hours.file("binance/ETHUSDT-1h.csv", Hours.csv(0, 10, 5)));
        ArchivedPayload other = encrypted().store(Hours.file(FILE, CSV));
        byte[] whole = Files.readAllBytes(file(other.sha256()));
        Files.copy(file(one.sha256()), file(other.sha256()), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> content(other)).isInstanceOf(EncryptedFileException.class);
        Files.write(file(other.sha256()), whole);
        assertThat(content(other)).isEqualTo(CSV);
    }

    @Test
    void killedInTheMiddleNothingPlainLiesAround() throws IOException {
        Payload killed = new Payload("files", FILE, Map.of(), Dying::new);

        assertThatThrownBy(() -> encrypted().store(killed)).isInstanceOf(Dying.Killed.class);

        assertThat(files()).as("what a killed process leaves").singleElement().satisfies(left -> assertThat(text(left))
                .hasSizeGreaterThan(1 << 16)
                .doesNotStartWith(GZIP));
        assertThat(content(encrypted().store(Hours.file(FILE, CSV)))).isEqualTo(CSV);
    }

    @Test
    void rebuildGoesOnWithTheOthersWhenOneWasChangedOrCutOff() throws IOException {
        Hours hours = new Hours(elsewhere.resolve("unused"));
        CandleIngestion ingestion = new CandleIngestion(
                List.of(new FileSource(SymbolMap.bundled(), 1 << 30)),
                encrypted(),
                hours.database.dataSource(),
                new RunCounts(new SimpleMeterRegistry()),
                clock);
        Path json = file(ingestion
                .ingest(Hours.file("binance/ETHUSDT-1h.json", json(10_000)))
                .sha256());
        byte[] whole = Files.readAllBytes(json);
        assertThat(whole.length).as("more than one segment").isGreaterThan(80_000);
        ingestion.ingest(Hours.file(FILE, CSV));
        List<String> candles = hours.candles();
        hours.database.jdbc().sql("TRUNCATE candle").update();

        for (byte[] damaged : List.of(Arrays.copyOf(whole, 1 << 16), changed(whole, 70_000))) {
            Files.write(json, damaged);

            Rebuild.Rebuilt rebuilt = new Rebuild(encrypted(), ingestion).run(report -> {});

            assertThat(rebuilt.refused())
                    .singleElement()
                    .asString()
                    .contains("ETHUSDT", json.toString(), "was changed or cut off");
            assertThat(hours.candles()).isNotEmpty().noneMatch(candle -> candle.startsWith("ethereum"));
        }
        Files.write(json, whole);
        new Rebuild(encrypted(), ingestion).run(report -> {});
        assertThat(hours.candles()).isEqualTo(candles);
    }

    @Test
    void renewedArchiveIsReadWithTheNewestKeyAloneAndHoldsNothingPlain() throws IOException {
        new RawArchive(folder, clock).store(Hours.file("binance/ETHUSDT-1h.csv", Hours.csv(0, 10, 5)));
        encrypted().store(Hours.file(FILE, CSV));
        encrypted().store(Hours.file("binance/BTCUSDT-1h-again.csv", CSV));
        keys.rotate();

        assertThat(encrypted().renew()).isEmpty();

        onlyTheNewestKeyIsLeft();
        assertThat(encrypted().payloads()).hasSize(3).allSatisfy(archived -> assertThat(content(archived))
                .startsWith("timestamp"));
        assertThat(files())
                .filteredOn(file -> !file.toString().endsWith(".json"))
                .hasSize(2)
                .allMatch(file -> file.toString().endsWith(".gz.enc"));
    }

    @Test
    void whatCannotBeReadIsLeftAsItIsWhenTheOthersAreRenewed() throws IOException {
        Path damaged = file(encrypted().store(Hours.file(FILE, CSV)).sha256());
        Files.write(damaged, changed(Files.readAllBytes(damaged), 50));
        byte[] before = Files.readAllBytes(damaged);
        new RawArchive(folder, clock).store(Hours.file("binance/ETHUSDT-1h.csv", Hours.csv(0, 10, 5)));

        assertThat(encrypted().renew())
                .singleElement()
                .asString()
                .contains(damaged.toString(), "was changed or cut off");

        assertThat(damaged).hasBinaryContent(before);
        assertThat(files())
                .extracting(Path::toString)
                .noneMatch(name -> name.endsWith(".gz") || name.endsWith(".part"));
    }

    /** As Tink's own tool would take the others away. */
    private void onlyTheNewestKeyIsLeft() throws IOException {
        long newest = keys.entries().getLast().id();
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode keyset = (ObjectNode) json.readTree(Files.readString(keys.path()));
        ((ArrayNode) keyset.get("key")).removeIf(key -> key.get("keyId").asLong() != newest);
        Files.writeString(keys.path(), json.writeValueAsString(keyset));
    }

    private RawArchive encrypted() {
        return new RawArchive(folder, 1 << 30, Encryption.with(keys.path()), clock);
    }

    /** Closes that do not pack well. */
    private static String json(int hours) {
        StringBuilder rows = new StringBuilder("[");
        for (int hour = 0; hour < hours; hour++) {
            double close = 2000 + Math.sin(hour * 12.9898) * 9;
            rows.append(hour == 0 ? "" : ",")
                    .append("[%d,\"%s\",\"%s\",\"%s\",\"%s\",\"2\"]"
                            .formatted(
                                    (1_672_531_200L + hour * 3600L) * 1000, close, close + 20, close - 20, close + 1));
        }
        return rows.append(']').toString();
    }

    private static byte[] changed(byte[] whole, int position) {
        byte[] changed = whole.clone();
        changed[position] ^= 1;
        return changed;
    }

    private Path file(String sha256) {
        return files().stream()
                .filter(file -> file.endsWith(sha256 + ".gz.enc"))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(ArchivedPayload archived) throws IOException {
        try (InputStream in = archived.payload().content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Noise, and then the end of the process: nobody tidies up after it. */
    private static final class Dying extends InputStream {

        private final Random noise = new Random(1);
        private int blocks = 40;

        @Override
        public int read() {
            return noise.nextInt(256);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (blocks-- == 0) {
                throw new Killed();
            }
            byte[] block = new byte[Math.min(length, 1 << 14)];
            noise.nextBytes(block);
            System.arraycopy(block, 0, bytes, offset, block.length);
            return block.length;
        }

        private static final class Killed extends Error {}
    }
}
