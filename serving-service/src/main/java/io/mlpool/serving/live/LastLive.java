package io.mlpool.serving.live;

import io.mlpool.registry.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What was live when this process, or the one before it, last saw the registry: a start without the registry begins with that. */
final class LastLive {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final String registry;

    /** @param registry whose versions these are; what is noted of another one says nothing */
    LastLive(Path file, String registry) {
        this.file = file;
        this.registry = registry;
    }

    /** A version in its slot. */
    record Entry(Slot slot, ModelVersion version) {

        Entry {
            Objects.requireNonNull(slot, "slot");
            Objects.requireNonNull(version, "version");
        }
    }

    private record Content(String registry, List<Entry> live) {

        Content {
            live = List.copyOf(live);
        }
    }

    /** On disk when this returns, so that no power cut leaves half of it. */
    void remember(List<LiveModel> live) {
        List<Entry> entries = live.stream()
                .map(model -> new Entry(model.slot(), model.version()))
                .toList();
        try {
            Files.createDirectories(file.getParent());
            Path next =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), ".next");
            try {
                Files.write(next, JSON.writeValueAsBytes(new Content(registry, entries)), StandardOpenOption.SYNC);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot note in %s what is live, a start without the registry would begin with what was live before: %s"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** Nothing when nothing was noted, or of another registry, or by another version of this code. */
    List<Entry> recall() {
        try {
            Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
            return registry.equals(content.registry()) ? content.live() : List.of();
        } catch (IOException | JacksonException e) {
            return List.of();
        }
    }
}
