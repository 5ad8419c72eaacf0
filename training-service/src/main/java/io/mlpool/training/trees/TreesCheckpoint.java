package io.mlpool.training.trees;

import io.mlpool.encryption.StoredFile;
import io.mlpool.training.Archive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trees after one of their epochs.
 *
 * @param assignment what is learned from what, in words; a checkpoint of another one is of no use
 * @param epoch the last finished one, counted from 1
 * @param horizons nearest first
 */
record TreesCheckpoint(String assignment, int epoch, List<HorizonTrees> horizons) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATE = "state.json";

    TreesCheckpoint {
        horizons = List.copyOf(horizons);
    }

    private record State(String assignment, int epoch, List<HorizonState> horizons) {}

    private record HorizonState(float[] start, int models, int grown, int best, double bestLoss, boolean over) {}

    boolean isOver(int epochs) {
        return epoch == epochs || horizons.stream().allMatch(HorizonTrees::over);
    }

    /** The checkpoint in this file, if there is one and it belongs to the assignment. */
    static Optional<TreesCheckpoint> read(StoredFile file, String assignment) {
        if (!file.exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(Archive.read(file))).filter(checkpoint -> checkpoint.assignment.equals(assignment));
        } catch (IOException | JacksonException e) {
            throw new IllegalStateException(
                    "cannot read the checkpoint %s: %s; delete it to start over".formatted(file.path(), e.getMessage()),
                    e);
        }
    }

    private static TreesCheckpoint of(Archive archive) throws IOException {
        State state = JSON.readValue(archive.entry(STATE), State.class);
        List<HorizonTrees> horizons = new ArrayList<>();
        for (HorizonState one : state.horizons) {
            List<byte[]> models = new ArrayList<>();
            for (int number = 0; number < one.models; number++) {
                models.add(archive.entry(name(horizons.size(), number)));
            }
            horizons.add(new HorizonTrees(one.start, models, one.grown, one.best, one.bestLoss, one.over));
        }
        return new TreesCheckpoint(state.assignment, state.epoch, horizons);
    }

    void write(StoredFile file) {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int h = 0; h < horizons.size(); h++) {
            List<byte[]> models = horizons.get(h).models();
            for (int number = 0; number < models.size(); number++) {
                entries.put(name(h, number), models.get(number));
            }
        }
        List<HorizonState> states = horizons.stream()
                .map(one -> new HorizonState(
                        one.start(), one.models().size(), one.grown(), one.best(), one.bestLoss(), one.over()))
                .toList();
        entries.put(STATE, JSON.writeValueAsBytes(new State(assignment, epoch, states)));
        try {
            new Archive(entries).write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint " + file.path(), e);
        }
    }

    private static String name(int horizon, int number) {
        return "horizon-%d-%d.ubj".formatted(horizon + 1, number + 1);
    }
}
