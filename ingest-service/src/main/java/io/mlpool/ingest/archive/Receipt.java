package io.mlpool.ingest.archive;

import io.mlpool.encryption.Encryption;
import io.mlpool.ingest.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The JSON file beside archived content: under which name and hints it was received, and when first. */
record Receipt(String source, String name, Map<String, String> hints, String sha256, Instant fetchedAt) {

    private static final String SUFFIX = ".json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    static Receipt of(Payload payload, String sha256, Instant fetchedAt) {
        return new Receipt(payload.source(), payload.name(), new TreeMap<>(payload.hints()), sha256, fetchedAt);
    }

    static boolean isReceipt(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    static ArchivedPayload read(Path file, Encryption encryption) {
        Receipt receipt = JSON.readValue(file, Receipt.class);
        return receipt.archived(receipt.contentBeside(file, encryption));
    }

    /** What was received with this receipt. */
    static ContentFile content(Path file, Encryption encryption) {
        return JSON.readValue(file, Receipt.class).contentBeside(file, encryption);
    }

    private ContentFile contentBeside(Path file, Encryption encryption) {
        return new ContentFile(file.resolveSibling(""), sha256, encryption);
    }

    /** Writes this receipt unless one with the same name and hints is there already, and answers with the older. */
    ArchivedPayload keepIn(Path day, Encryption encryption) throws IOException {
        Path file = day.resolve("%s.%s%s".formatted(sha256, fingerprint(), SUFFIX));
        if (!Files.exists(file)) {
            Path aside = Files.createTempFile(day, ".", ".part");
            JSON.writerWithDefaultPrettyPrinter().writeValue(aside, this);
            ArchivedContent.sync(aside);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            ArchivedContent.sync(day);
        }
        return read(file, encryption);
    }

    private ArchivedPayload archived(ContentFile content) {
        return new ArchivedPayload(new Payload(source, name, hints, content::open), sha256, fetchedAt);
    }

    private String fingerprint() {
        CRC32 crc = new CRC32();
        crc.update((name + hints).getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
