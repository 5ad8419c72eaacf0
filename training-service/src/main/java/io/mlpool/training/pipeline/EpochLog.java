package io.mlpool.training.pipeline;

import io.mlpool.training.Assignment.Epoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;

/** {@code epochs.jsonl}: a line for each finished epoch of each network. */
record EpochLog(Path file) {

    void add(RunEvent.EpochFinished epoch) {
        try {
            Files.writeString(
                    file,
                    RunJson.MAPPER.writeValueAsString(epoch) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + file, e);
        }
    }

    /** The epochs by network, in order; of one that was done twice the later, and without a line that a kill cut off. */
    SequencedMap<String, List<Epoch>> read() {
        SequencedMap<String, SequencedMap<Integer, Epoch>> parts = new LinkedHashMap<>();
        lines().stream().flatMap(line -> epoch(line).stream()).forEach(event -> parts.computeIfAbsent(
                        event.part(), _ -> new LinkedHashMap<>())
                .put(event.epoch().number(), event.epoch()));
        SequencedMap<String, List<Epoch>> epochs = new LinkedHashMap<>();
        parts.forEach((part, numbered) -> epochs.put(part, List.copyOf(numbered.values())));
        return epochs;
    }

    private static Optional<RunEvent.EpochFinished> epoch(String line) {
        try {
            return Optional.of(RunJson.MAPPER.readValue(line, RunEvent.EpochFinished.class));
        } catch (JacksonException cutOff) {
            return Optional.empty();
        }
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
