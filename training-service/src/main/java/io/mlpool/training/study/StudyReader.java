package io.mlpool.training.study;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.training.pipeline.TrainingSpec;
import io.mlpool.training.run.RunRequest;
import io.mlpool.training.run.RunRequestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a request and says everything that is wrong with it at once, each trial's own mistakes where they stand. */
final class StudyReader {

    private final RunRequestReader runs;

    StudyReader(RunRequestReader runs) {
        this.runs = runs;
    }

    /**
     * The study that is asked for.
     *
     * @param id its name, given or made
     * @throws InvalidRequestException when that is not clear
     */
    Study read(String id, StudyRequest request) {
        attempt("id", id, () -> Study.requireName(id));
        runs.read(run(request, id, new StudyRequest.Trial(null, null, null)));
        List<Asked> asked = asked(request);
        List<ErrorDetail> problems = new ArrayList<>();
        List<TrainingSpec> trials = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            try {
                trials.add(
                        runs.read(run(request, Study.runOf(id, i), asked.get(i).trial())));
            } catch (InvalidRequestException e) {
                List<Object> place = asked.get(i).place();
                e.details().forEach(problem -> problems.add(problem.within(place)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems.stream().distinct().toList());
        }
        ExecutedBy executedBy = Objects.requireNonNullElse(request.executedBy(), ExecutedBy.SERVICE);
        return new Study(id, executedBy, trials, halving(request.halving(), executedBy, trials.size()));
    }

    private Optional<Halving> halving(@Nullable Integer keptOf, ExecutedBy executedBy, int trials) {
        if (keptOf == null) {
            return Optional.empty();
        }
        if (executedBy == ExecutedBy.JOB) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "halving"),
                    "a job has as many trials as completions, halving finds out how many: leave executed_by or halving out",
                    keptOf);
        }
        attempt("halving", keptOf, () -> new Halving(trials, runs.folds(), keptOf));
        return Optional.of(new Halving(trials, runs.folds(), keptOf));
    }

    /** A trial, and where it stands in the request. */
    private record Asked(StudyRequest.Trial trial, List<Object> place) {}

    private static List<Asked> asked(StudyRequest request) {
        List<StudyRequest.Trial> listed = Objects.requireNonNullElse(request.trials(), List.of());
        Map<String, List<Object>> values = Objects.requireNonNullElse(request.grid(), Map.of());
        attempt("grid", values, () -> require(listed.size() + new Grid(values).size()));
        attempt("trials", listed, () -> requireAll(listed));
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            asked.add(new Asked(listed.get(i), List.of("body", "trials", i)));
        }
        new Grid(values)
                .points()
                .forEach(point ->
                        asked.add(new Asked(new StudyRequest.Trial(point, null, null), List.of("body", "grid"))));
        return asked;
    }

    private static void requireAll(List<StudyRequest.Trial> listed) {
        if (listed.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a trial must say what differs, {} for nothing, found null");
        }
    }

    private static void require(long trials) {
        if (trials < 1 || trials > Study.MOST_TRIALS) {
            throw new IllegalArgumentException(
                    "trials and grid must make 1 to %d trials, found %d".formatted(Study.MOST_TRIALS, trials));
        }
    }

    private static RunRequest run(StudyRequest study, String runId, StudyRequest.Trial trial) {
        return new RunRequest(
                runId,
                study.model(),
                study.interval(),
                study.assets(),
                study.algorithm(),
                false,
                Stream.of(trial.seed(), study.seed())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                study.until(),
                trial.hyperParameters(),
                trial.learnFrom());
    }

    private static void attempt(String field, @Nullable Object input, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw InvalidRequestException.of(
                    "value_error", List.of("body", field), String.valueOf(e.getMessage()), input);
        }
    }
}
