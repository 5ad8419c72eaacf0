package io.mlpool.mlflow;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Registered models, their versions and aliases. */
public final class RegisteredModels {

    private static final String PAGE = "200";

    private final Mlflow mlflow;

    RegisteredModels(Mlflow mlflow) {
        this.mlflow = mlflow;
    }

    /**
     * A registered model.
     *
     * @param versions whether it has any
     * @param aliases number of the version that each points to
     */
    public record Model(String name, boolean versions, Map<String, Integer> aliases) {}

    /**
     * A version of a model.
     *
     * @param source where its files are: {@code mlflow-artifacts:/<experiment>/<run>/artifacts/<folder>} when we made it;
     *     of scheme {@code unreadable} when it is no URI
     */
    public record Version(
            String name, int version, Instant createdAt, String runId, URI source, Map<String, String> tags) {}

    private record Entry(String key, String value) {}

    private record AliasEntry(String alias, String version) {}

    private record ModelEntry(
            String name,
            @Nullable List<Object> latestVersions,
            @Nullable List<AliasEntry> aliases) {

        Model model() {
            return new Model(
                    name,
                    latestVersions != null && !latestVersions.isEmpty(),
                    orEmpty(aliases).stream()
                            .collect(Collectors.toMap(AliasEntry::alias, one -> Integer.parseInt(one.version()))));
        }
    }

    private record Models(
            @Nullable List<ModelEntry> registeredModels,
            @Nullable String nextPageToken) {}

    private record VersionEntry(
            String name,
            String version,
            long creationTimestamp,
            @Nullable String runId,
            @Nullable String source,
            @Nullable List<Entry> tags) {

        Version read() {
            return new Version(
                    name,
                    Integer.parseInt(version),
                    Instant.ofEpochMilli(creationTimestamp),
                    runId == null ? "" : runId,
                    Artifacts.location(source == null ? "" : source),
                    orEmpty(tags).stream().collect(Collectors.toMap(Entry::key, Entry::value)));
        }
    }

    record OneVersion(VersionEntry modelVersion) {

        OneVersion {
            Objects.requireNonNull(modelVersion, "model_version");
        }
    }

    private record Versions(
            @Nullable List<VersionEntry> modelVersions,
            @Nullable String nextPageToken) {}

    /** All models, in alphabetical order. */
    public List<Model> models() {
        return pages(
                token -> {
                    Models page = mlflow.get("registered-models/search", page(token, Map.of()), Models.class);
                    return new Page<>(orEmpty(page.registeredModels()), page.nextPageToken());
                },
                ModelEntry::model);
    }

    /** All versions of a model, oldest first; none when it is not known. */
    public List<Version> versions(String model) {
        return search("name='%s'".formatted(model));
    }

    /** The versions that have this tag, oldest first. */
    public List<Version> versions(String model, String tag, String value) {
        return search("name='%s' and tags.`%s`='%s'".formatted(model, tag, value.replace("'", "")));
    }

    /** One version. */
    public Optional<Version> version(String model, int version) {
        return orEmpty("model-versions/get", Map.of("name", model, "version", Integer.toString(version)));
    }

    /** The version that an alias points to. */
    public Optional<Version> version(String model, String alias) {
        return orEmpty("registered-models/alias", Map.of("name", model, "alias", alias));
    }

    /** Makes a model of this name if there is none. */
    public void ensure(String model, String description) {
        try {
            mlflow.repeatable(
                    "POST",
                    "registered-models/create",
                    Map.of("name", model, "description", description),
                    Mlflow.Done.class);
        } catch (MlflowException e) {
            if (!e.saysItIsThere()) {
                throw e;
            }
        }
    }

    /** Adds a version. Not repeated: whether it arrived is told by {@link #versions} with one of its tags. */
    public Version create(String model, URI source, String runId, String description, Map<String, String> tags) {
        List<Entry> entries = tags.entrySet().stream()
                .map(one -> new Entry(one.getKey(), Runs.tag(one.getValue())))
                .toList();
        Map<String, Object> version = Map.of(
                "name",
                model,
                "source",
                source.toString(),
                "run_id",
                runId,
                "description",
                description,
                "tags",
                entries);
        return mlflow.once("POST", "model-versions/create", version, OneVersion.class)
                .modelVersion()
                .read();
    }

    /** Deletes a version; nothing happens when it has gone. */
    public void delete(String model, int version) {
        ignoringMissing("DELETE", "model-versions/delete", Map.of("name", model, "version", Integer.toString(version)));
    }

    /** Points an alias to a version; false when there is no such version. */
    public boolean assign(String model, String alias, int version) {
        return ignoringMissing(
                "POST",
                "registered-models/alias",
                Map.of("name", model, "alias", alias, "version", Integer.toString(version)));
    }

    /** Takes an alias away; nothing happens when it points nowhere. */
    public void unassign(String model, String alias) {
        ignoringMissing("DELETE", "registered-models/alias", Map.of("name", model, "alias", alias));
    }

    private List<Version> search(String filter) {
        return pages(
                        token -> {
                            Versions page = mlflow.get(
                                    "model-versions/search", page(token, Map.of("filter", filter)), Versions.class);
                            return new Page<>(orEmpty(page.modelVersions()), page.nextPageToken());
                        },
                        VersionEntry::read)
                .stream()
                .sorted(Comparator.comparingInt(Version::version))
                .toList();
    }

    private Optional<Version> orEmpty(String call, Map<String, String> parameters) {
        try {
            return Optional.of(mlflow.get(call, parameters, OneVersion.class)
                    .modelVersion()
                    .read());
        } catch (MlflowException e) {
            if (e.saysItIsMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean ignoringMissing(String method, String call, Object body) {
        try {
            mlflow.repeatable(method, call, body, Mlflow.Done.class);
            return true;
        } catch (MlflowException e) {
            if (e.saysItIsMissing()) {
                return false;
            }
            throw e;
        }
    }

    private record Page<T>(List<T> entries, @Nullable String next) {}

    private static <T, R> List<R> pages(Function<String, Page<T>> read, Function<T, R> convert) {
        List<R> all = new ArrayList<>();
        String token = "";
        do {
            Page<T> page = read.apply(token);
            page.entries().forEach(entry -> all.add(convert.apply(entry)));
            token = page.next() == null ? "" : page.next();
        } while (!token.isEmpty());
        return all;
    }

    private static Map<String, String> page(String token, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("max_results", PAGE);
        if (!token.isEmpty()) {
            all.put("page_token", token);
        }
        return all;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
