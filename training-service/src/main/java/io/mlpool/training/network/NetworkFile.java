package io.mlpool.training.network;

import io.mlpool.training.Archive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A network as it lies in {@code network.zip}: the file that DL4J itself writes and reads, updater state included, within it
 * also {@code mlpool.json}, the {@link NetworkCard}.
 */
final class NetworkFile {

    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private static final String CARD = "mlpool.json";

    private NetworkFile() {}

    static byte[] write(MultiLayerNetwork network, NetworkCard card) {
        ByteArrayOutputStream engine = new ByteArrayOutputStream();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            ModelSerializer.writeModel(network, engine, true);
            copyEntries(engine.toByteArray(), zip);
            zip.putNextEntry(new ZipEntry(CARD));
            zip.write(JSON.writeValueAsBytes(card));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a network into memory", e);
        }
        return file.toByteArray();
    }

    /**
     * The network, its updater ready to go on.
     *
     * @throws UncheckedIOException when these bytes are not such a file
     */
    static MultiLayerNetwork network(byte[] file) {
        try {
            return ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file), true);
        } catch (IOException e) {
            throw new UncheckedIOException("this is no network that DL4J can read", e);
        }
    }

    /** Whether these bytes are such a file, and not the networks of several models. */
    static boolean isOne(byte[] file) {
        try {
            return Archive.of(file).entries().containsKey(CARD);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The card beside the network.
     *
     * @throws UncheckedIOException when there is none, or it does not make sense
     */
    static NetworkCard card(byte[] file) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(CARD)) {
                    return JSON.readValue(zip.readAllBytes(), NetworkCard.class);
                }
            }
            throw new IOException("%s is missing from the network's file".formatted(CARD));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (JacksonException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(CARD), new IOException(e));
        }
    }

    private static void copyEntries(byte[] file, ZipOutputStream target) throws IOException {
        try (ZipInputStream source = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = source.getNextEntry(); entry != null; entry = source.getNextEntry()) {
                target.putNextEntry(new ZipEntry(entry.getName()));
                source.transferTo(target);
            }
        }
    }
}
