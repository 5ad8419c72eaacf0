package io.mlpool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.mlpool.training.study.TrialJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What has to hold in every cluster, whatever overlay is applied. */
class ManifestsTest {

    private static final List<String> SERVICES = List.of("ingest", "training", "serving");

    static Stream<Manifests> overlays() {
        return Manifests.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyFieldIsOneThatKubernetesKnows(Manifests manifests) {
        for (JsonNode object : manifests.objects()) {
            assertThatCode(() -> validate(object))
                    .as("%s %s", object.path("kind"), Manifests.name(object))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void fieldThatIsMisspeltIsNoticed() {
        JsonNode service = JsonMapper.shared().readTree("""
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"serving"},"spec":{"prots":[]}}
                """);

        assertThatThrownBy(() -> validate(service)).hasMessageContaining("prots");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodIsRestrictedAndSoIsTheNamespace(Manifests manifests) {
        assertThat(manifests
                        .find("Namespace", "ml")
                        .orElseThrow()
                        .at("/metadata/labels")
                        .toString())
                .contains("\"pod-security.kubernetes.io/enforce\":\"restricted\"");
        assertThat(manifests.workloads()).isNotEmpty().allSatisfy(workload -> {
            JsonNode pod = Manifests.pod(workload).path("spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC"))
                    .isFalse();
            assertThat(Manifests.containers(workload)).allSatisfy(container -> {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
            });
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyContainerSaysWhatItNeedsAndNoImageIsWhateverIsNewest(Manifests manifests) {
        assertThat(manifests.workloads()).allSatisfy(workload -> {
            assertThat(Manifests.pod(workload).at("/spec/priorityClassName").asString())
                    .startsWith("mlpool-");
            assertThat(Manifests.containers(workload)).allSatisfy(container -> {
                assertThat(container.at("/resources/requests/cpu").asString()).isNotEmpty();
                assertThat(container.at("/resources/requests/memory").asString())
                        .isNotEmpty();
                assertThat(container.at("/resources/limits/memory").asString()).isNotEmpty();
                assertThat(container.path("image").asString())
                        .matches("[a-z0-9./-]+:[A-Za-z0-9._-]+")
                        .doesNotEndWith(":latest")
                        .satisfies(image -> assertThat(
                                        image.startsWith("mlpool/")
                                                ? image
                                                : ":" + System.getProperty("images.version"))
                                .endsWith(":" + System.getProperty("images.version")));
            });
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatStaysUpIsProbedAndWhatIsReplicatedIsNotDrainedAtOnce(Manifests manifests) {
        assertThat(Stream.concat(manifests.ofKind("Deployment"), manifests.ofKind("StatefulSet")))
                .isNotEmpty()
                .allSatisfy(workload -> assertThat(Manifests.containers(workload))
                        .allSatisfy(container -> assertThat(container.propertyNames())
                                .contains("startupProbe", "livenessProbe", "readinessProbe")));
        assertThat(manifests.ofKind("Deployment")).isNotEmpty().allSatisfy(deployment -> assertThat(
                        manifests.find("PodDisruptionBudget", Manifests.name(deployment)))
                .isPresent());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void servingIsReplacedWithoutALostRequest(Manifests manifests) {
        JsonNode serving = manifests.find("Deployment", "serving").orElseThrow();

        assertThat(serving.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(1))
                .isZero();
        int hears = serving.at("/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds")
                .asInt();
        int ends =
                serving.at("/spec/template/spec/terminationGracePeriodSeconds").asInt();
        assertThat(hears).isGreaterThanOrEqualTo(5);
        // Spring waits up to 30 s for requests in progress.
        assertThat(ends).isGreaterThanOrEqualTo(hears + 30);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void schemaIsMigratedByOneJobAndByNobodyElse(Manifests manifests) {
        assertThat(manifests
                        .find("ConfigMap", "mlpool")
                        .orElseThrow()
                        .at("/data/MLPOOL_SCHEMA_MIGRATE")
                        .asString())
                .isEqualTo("false");
        assertThat(manifests
                        .workloads()
                        .filter(workload -> Manifests.containers(workload).anyMatch(container -> container
                                .path("env")
                                .toString()
                                .contains("\"MLPOOL_SCHEMA_MIGRATE\",\"value\":\"true\"")))
                        .map(Manifests::name))
                .containsExactly("migration");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nobodyTalksToAnybodyUnlessItIsNamed(Manifests manifests) {
        JsonNode nobody =
                manifests.find("NetworkPolicy", "nobody").orElseThrow().path("spec");
        assertThat(nobody.toString()).isEqualTo("{\"podSelector\":{},\"policyTypes\":[\"Ingress\",\"Egress\"]}");
        Flows flows = new Flows(manifests);
        Set<String> inside = new TreeSet<>(Set.of(
                "ingest -> postgres:5432",
                "training -> postgres:5432",
                "serving -> postgres:5432",
                "mlflow -> postgres:5432",
                "migration -> postgres:5432",
                "backup -> postgres:5432",
                "restore -> postgres:5432",
                "restore-archive -> postgres:5432",
                "training -> mlflow:5000",
                "serving -> mlflow:5000"));
        if (manifests.find("StatefulSet", "postgres").isEmpty()) {
            inside.addAll(Set.of("postgres -> postgres:5432", "postgres -> postgres:8000"));
        }
        if (manifests.find("CronJob", "training-schedule").isPresent()) {
            inside.add("training-schedule -> training:8003");
        }
        if (manifests.find("Job", "study").isPresent()) {
            inside.addAll(Set.of("study -> postgres:5432", "study -> mlflow:5000"));
        }
        assertThat(flows.inside()).isEqualTo(inside);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whoComesFromAnotherNamespaceIsLetInByItsLabelOnly(Manifests manifests) {
        Set<String> into = new TreeSet<>();
        for (String client : List.of("client", "client's namespace")) {
            List.of("ingest:8002", "training:8003", "serving:8001").forEach(port -> into.add(client + " -> " + port));
        }
        List.of("model maker", "model makers' namespace").forEach(maker -> into.add(maker + " -> mlflow:5000"));
        if (manifests.find("Cluster", "postgres").isPresent()) {
            List.of("5432", "8000").forEach(port -> into.add("operator of databases -> postgres:" + port));
        }

        assertThat(new Flows(manifests).fromOutside()).isEqualTo(into);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void otherNamespacesAreAskedForNamesOnlyAndByServersForTheCluster(Manifests manifests) {
        assertThat(new Flows(manifests).toOutside())
                .filteredOn(flow -> !flow.endsWith(" -> cluster's own:53"))
                .allSatisfy(flow -> assertThat(flow).matches("postgres -> .+:(443|6443)"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void worldReachesServingByOneNameWhichServingKnows(Manifests manifests) {
        JsonNode settings = manifests.find("ConfigMap", "mlpool").orElseThrow().path("data");
        assertThat(manifests.ofKind("Ingress")).allSatisfy(ingress -> {
            assertThat(ingress.at("/spec/rules/0/host")).isEqualTo(settings.path("ML_DOMAIN"));
            assertThat(ingress.at("/spec/tls/0/hosts/0")).isEqualTo(settings.path("ML_DOMAIN"));
            assertThat(ingress.at("/spec/rules/0/http/paths").valueStream().map(path -> path.at("/backend/service/name")
                            .asString()))
                    .containsExactly("serving");
        });
    }

    @Test
    void everyComponentIsInAManifestThatIsLookedAt() throws IOException {
        String named = kustomizations(Manifests.folder().resolve("overlays"))
                + kustomizations(Manifests.folder().resolve("components"))
                + kustomizations(Manifests.tests());
        try (Stream<Path> components = Files.list(Manifests.folder().resolve("components"))) {
            assertThat(components.map(Path::getFileName)).isNotEmpty().allSatisfy(component -> assertThat(named)
                    .containsPattern("(/components|\\.\\.)/" + component + "\n"));
        }
    }

    @Test
    void exampleOfAStudyHasAPodForEachTrialAndTheQueueIsThatOfKueue() {
        Manifests example = Manifests.read(Manifests.tests().resolve("study.yaml"));
        JsonNode job = example.ofKind("Job").findFirst().orElseThrow();
        JsonNode config = example.ofKind("ConfigMap").findFirst().orElseThrow();
        JsonNode study =
                JsonMapper.shared().readTree(config.at("/data/study.json").asString());

        int trials = study.path("grid").valueStream().mapToInt(JsonNode::size).reduce(1, Math::multiplyExact);
        assertThat(job.at("/spec/completions").asInt()).isEqualTo(trials);
        assertThat(study.path("executed_by").asString()).isEqualTo("job");
        assertThat(job.at("/spec/template/spec/volumes/0/configMap/name")).isEqualTo(config.at("/metadata/name"));
        assertThat(job.at("/spec/podFailurePolicy/rules/1/onExitCodes/values/0").asInt())
                .isEqualTo(TrialJob.FAILED);
        assertThat(Manifests.containers(job)
                        .flatMap(trial -> trial.path("env").valueStream())
                        .map(variable ->
                                variable.at("/valueFrom/secretKeyRef/key").asString())
                        .filter(key -> !key.isEmpty()))
                .as("nobody asks a trial, so it knows no caller's key")
                .containsExactly("postgres-password");

        assertThat(Manifests.read(Manifests.tests().resolve("everything.yaml"))
                        .find("Job", "study")
                        .orElseThrow()
                        .at("/metadata/labels/kueue.x-k8s.io~1queue-name")
                        .asString())
                .isEqualTo(text(Manifests.folder().resolve("kueue.yaml"))
                        .replaceAll("(?s).*kind: LocalQueue\\nmetadata:\\n  name: (\\S+).*", "$1"));
    }

    private static String kustomizations(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("kustomization.yaml"))
                    .map(ManifestsTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nobodyButIngestAsksTheWorldAndOnlyWhatIsEncrypted(Manifests manifests) {
        assertThat(manifests
                        .ofKind("NetworkPolicy")
                        .filter(policy -> policy.at("/spec/egress").toString().contains("0.0.0.0/0")))
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.at("/spec/podSelector/matchLabels").toString())
                            .isEqualTo("{\"app.kubernetes.io/name\":\"ingest\"}");
                    assertThat(policy.at("/spec/egress/0/ports").toString()).isEqualTo("[{\"port\":443}]");
                    assertThat(policy.at("/spec/egress/0/to/0/ipBlock/except").toString())
                            .contains("10.0.0.0/8", "169.254.0.0/16");
                    assertThat(policy.at("/spec/egress/0/to/1/ipBlock").toString())
                            .isEqualTo("{\"cidr\":\"::/0\",\"except\":[\"fc00::/7\",\"fe80::/10\"]}");
                });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void servicesAreToldNothingThatTheyDoNotKnow(Manifests manifests) throws IOException {
        Stream<String> told = Stream.concat(
                manifests.find("ConfigMap", "mlpool").orElseThrow().path("data").propertyNames().stream(),
                manifests
                        .workloads()
                        .filter(workload -> SERVICES.contains(Manifests.name(workload))
                                || Manifests.name(workload).equals("study"))
                        .flatMap(Manifests::containers)
                        .flatMap(container -> container.path("env").valueStream())
                        .map(variable -> variable.path("name").asString()));
        Predicate<String> known = knownVariables();
        assertThat(told).isNotEmpty().allSatisfy(name -> assertThat(known).accepts(name));
    }

    /** As Spring reads properties from the environment; a star is for what the user names. */
    private static Predicate<String> knownVariables() throws IOException {
        try (InputStream list =
                Objects.requireNonNull(ManifestsTest.class.getResourceAsStream("/io/mlpool/settings/known.txt"))) {
            String patterns = new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(property -> property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
                    .map(variable -> variable.replace("*", "[A-Z0-9_]+"))
                    .collect(Collectors.joining("|"));
            return Pattern.compile(
                            patterns
                                    + "|SPRING_DATASOURCE_(URL|USERNAME|PASSWORD)|EXPERIMENT_TRACKING_URI|COINGECKO_(API_KEY|PLAN)|GPU_ENABLED|ML_DOMAIN|SPRING_PROFILES_ACTIVE|SERVER_(ADDRESS|FORWARDHEADERSSTRATEGY)")
                    .asMatchPredicate();
        }
    }

    /** Pools of connections as the services have them, one more serving while they are replaced, MLflow's four processes with fifteen each. */
    @ParameterizedTest
    @MethodSource("overlays")
    void databaseLetsInAllThatMayRunAtOnce(Manifests manifests) {
        int serving = manifests
                .find("HorizontalPodAutoscaler", "serving")
                .orElseThrow()
                .at("/spec/maxReplicas")
                .asInt();
        int reservedForAdministrators = 3;
        int trials = manifests
                .find("Job", "study")
                .map(study -> study.at("/spec/parallelism").asInt())
                .orElse(0);
        int wanted = 8 * (serving + 1) + 10 * 3 + 3 * trials + 4 * 15 + reservedForAdministrators;

        String server = manifests
                .find("Cluster", "postgres")
                .map(cluster -> "max_connections="
                        + cluster.at("/spec/postgresql/parameters/max_connections")
                                .asString())
                .orElseGet(() -> manifests
                        .find("StatefulSet", "postgres")
                        .orElseThrow()
                        .at("/spec/template/spec/containers/0/args/1")
                        .asString());
        assertThat(server).startsWith("max_connections=");
        assertThat(Integer.parseInt(server.replaceAll("\\D", ""))).isGreaterThanOrEqualTo(wanted);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void portsAreThoseOfTheServices(Manifests manifests) {
        for (int i = 0; i < SERVICES.size(); i++) {
            int port = List.of(8002, 8003, 8001).get(i);
            assertThat(manifests
                            .find("Service", SERVICES.get(i))
                            .orElseThrow()
                            .at("/spec/ports/0/port")
                            .asInt())
                    .isEqualTo(port);
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noSecretStandsInAManifest(Manifests manifests) {
        assertThat(manifests.ofKind("Secret")).isEmpty();
        assertThat(manifests.workloads().flatMap(Manifests::containers).flatMap(one -> one.path("env")
                        .valueStream()))
                .filteredOn(variable -> variable.path("name").asString().matches(".*(PASSWORD|_KEY|TOKEN)"))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(variable.has("valueFrom")).isTrue());
    }

    /** By the classes that are made from Kubernetes' own description of its API: they refuse fields they do not know. */
    private static void validate(JsonNode object) throws Throwable {
        String version = object.path("apiVersion").asString();
        if (version.startsWith("postgresql.cnpg.io/") || version.startsWith("external-secrets.io/")) {
            return; // of operators, whose descriptions of their own API are not here
        }
        String name = version.substring(version.indexOf('/') + 1).substring(1);
        Class<?> type = Class.forName("io.kubernetes.client.openapi.models.V%s%s"
                .formatted(name, object.path("kind").asString()));
        try {
            type.getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(object.toString()));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
