package io.mlpool.mlflow;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs and what is logged of them. Logging the same again changes nothing, so that all of it can be repeated after a crash. */
public final class Runs {

    /** MLflow's own limits of one {@code log-batch}. */
    private static final int MOST_METRICS = 1000;

    private static final int MOST_PARAMETERS = 100;
    private static final int MOST_TAGS = 100;
    private static final int LONGEST_PARAMETER = 500;
    private static final int LONGEST_TAG = 5000;

    /** After an outage who tracks a run and who registers its model may both find none; MLflow would begin two. */
    private static final Lock BEGINNING = new ReentrantLock();

    private final Mlflow mlflow;

    Runs(Mlflow mlflow) {
        this.mlflow = mlflow;
    }

    /**
     * A run of MLflow's.
     *
     * @param id MLflow's own
     * @param artifacts root of its files
     */
    public record Run(String id, URI artifacts) {}

    /**
     * A number of a run.
     *
     * @param at is kept to the millisecond; the same number logged again must come with the same time
     * @param step counted within the name
     */
    public record Metric(String name, double value, Instant at, long step) {}

    /**
     * A data set that a run used.
     *
     * @param digest at most 36 characters
     * @param source JSON
     * @param schema JSON, as MLflow's {@code mlflow_colspec}
     * @param profile JSON
     * @param context {@code training}, {@code evaluation}
     */
    public record Input(
            String name,
            String digest,
            String sourceType,
            String source,
            String schema,
            String profile,
            String context) {}

    /** How a run came to rest. */
    public enum Status {
        RUNNING,
        FINISHED,
        FAILED,
        KILLED
    }

    private record Entry(String key, String value) {}

    private record Point(String key, Object value, long timestamp, long step) {}

    record Info(String runId, String artifactUri) {

        Info {
            Objects.requireNonNull(runId, "run_id");
            Objects.requireNonNull(artifactUri, "artifact_uri");
        }

        Run run() {
            return new Run(runId, Artifacts.location(artifactUri));
        }
    }

    record Described(Info info) {

        Described {
            Objects.requireNonNull(info, "info");
        }
    }

    record Created(Described run) {

        Created {
            Objects.requireNonNull(run, "run");
        }
    }

    private record Found(@Nullable List<Described> runs) {}

    /** The first run of an experiment that has this tag. */
    public Optional<Run> find(String experimentId, String tag, String value) {
        Map<String, Object> search = Map.of(
                "experiment_ids",
                List.of(experimentId),
                "filter",
                "tags.`%s` = '%s'".formatted(tag, value.replace("'", "")),
                "order_by",
                List.of("attributes.start_time ASC"),
                "max_results",
                1);
        List<Described> runs =
                mlflow.repeatable("POST", "runs/search", search, Found.class).runs();
        return runs == null || runs.isEmpty()
                ? Optional.empty()
                : Optional.of(runs.getFirst().info().run());
    }

    /**
     * The run of an experiment that has this tag; when there is none it is begun, and named by the tag's value. Whether a run was
     * begun is never guessed: the tag tells, so this can be repeated.
     */
    public Run findOrCreate(String experimentId, String tag, String value, Instant start) {
        return find(experimentId, tag, value).orElseGet(() -> beginOnce(experimentId, tag, value, start));
    }

    private Run beginOnce(String experimentId, String tag, String value, Instant start) {
        BEGINNING.lock();
        try {
            return find(experimentId, tag, value)
                    .orElseGet(() -> create(experimentId, value, start, Map.of(tag, value)));
        } finally {
            BEGINNING.unlock();
        }
    }

    private Run create(String experimentId, String name, Instant start, Map<String, String> tags) {
        Map<String, Object> run = Map.of(
                "experiment_id",
                experimentId,
                "run_name",
                name,
                "start_time",
                start.toEpochMilli(),
                "tags",
                entries(tags, LONGEST_TAG));
        return mlflow.once("POST", "runs/create", run, Created.class)
                .run()
                .info()
                .run();
    }

    /** Logs metrics, in batches as large as MLflow takes them. */
    public void metrics(String runId, List<Metric> metrics) {
        for (List<Metric> part : parts(metrics, MOST_METRICS)) {
            List<Point> points = part.stream().map(Runs::point).toList();
            batch(runId, "metrics", points);
        }
    }

    /** Logs parameters; one that is logged already must not have another value. Longer values are cut at 500 characters. */
    public void parameters(String runId, Map<String, String> parameters) {
        for (List<Entry> part : parts(entries(parameters, LONGEST_PARAMETER), MOST_PARAMETERS)) {
            batch(runId, "params", part);
        }
    }

    /** Sets tags, over those of the same names. Longer values are cut at 5,000 characters. */
    public void tags(String runId, Map<String, String> tags) {
        for (List<Entry> part : parts(entries(tags, LONGEST_TAG), MOST_TAGS)) {
            batch(runId, "tags", part);
        }
    }

    /** Notes the data that a run used. */
    public void input(String runId, Input input) {
        Map<String, String> dataset = Map.of(
                "name",
                input.name(),
                "digest",
                input.digest(),
                "source_type",
                input.sourceType(),
                "source",
                input.source(),
                "schema",
                input.schema(),
                "profile",
                input.profile());
        List<Entry> tags = List.of(new Entry("mlflow.data.context", input.context()));
        mlflow.repeatable(
                "POST",
                "runs/log-inputs",
                Map.of("run_id", runId, "datasets", List.of(Map.of("tags", tags, "dataset", dataset))),
                Mlflow.Done.class);
    }

    /** Brings a run to rest, or back to work. */
    public void update(String runId, Status status, @Nullable Instant end) {
        Map<String, Object> update = new HashMap<>(Map.of("run_id", runId, "status", status.name()));
        if (end != null) {
            update.put("end_time", end.toEpochMilli());
        }
        mlflow.repeatable("POST", "runs/update", update, Mlflow.Done.class);
    }

    private void batch(String runId, String kind, List<?> entries) {
        mlflow.repeatable("POST", "runs/log-batch", Map.of("run_id", runId, kind, entries), Mlflow.Done.class);
    }

    private static Point point(Metric metric) {
        Object value = Double.isFinite(metric.value()) ? metric.value() : Double.toString(metric.value());
        return new Point(metric.name(), value, metric.at().toEpochMilli(), metric.step());
    }

    private static List<Entry> entries(Map<String, String> values, int longest) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> new Entry(one.getKey(), shortened(one.getValue(), longest)))
                .toList();
    }

    static String tag(String value) {
        return shortened(value, LONGEST_TAG);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }

    private static <T> List<List<T>> parts(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            parts.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return parts;
    }
}
