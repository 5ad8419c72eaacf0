package io.mlpool.serving.live;

import io.mlpool.registry.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What was live when this process, or the one before it, last saw the registry: a start without the registry begins with that. */
final class LastLive {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    LastLive(Path file) {
        this.file = file;
    }

    /** A version in its slot. */
    record Entry(Slot slot, ModelVersion version) {}

    private record Content(List<Entry> live) {}

    void remember(List<LiveModel> live) {
        List<Entry> entries = live.stream()
                .map(model -> new Entry(model.slot(), model.version()))
                .toList();
        try {
            Files.createDirectories(file.getParent());
            Path next =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), ".next");
            Files.write(next, JSON.writeValueAsBytes(new Content(entries)));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note in %s what is live".formatted(file), e);
        }
    }

    /** Nothing when nothing was noted, or another version of this code noted it. */
    List<Entry> recall() {
        try {
            return Files.exists(file)
                    ? JSON.readValue(Files.readAllBytes(file), Content.class).live()
                    : List.of();
        } catch (IOException | JacksonException e) {
            return List.of();
        }
    }
}
