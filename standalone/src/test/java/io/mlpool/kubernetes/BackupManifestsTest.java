package io.mlpool.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What has to hold of the jobs that make backups and bring them back; {@code BackupTest} has what they do. */
class BackupManifestsTest {

    static Stream<Manifests> overlays() {
        return Manifests.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void scriptsAreThoseThatAreTested(Manifests manifests) throws IOException {
        JsonNode shipped = manifests.find("ConfigMap", "backup").orElseThrow().path("data");

        for (String script : shipped.propertyNames()) {
            assertThat(shipped.path(script).asString())
                    .isEqualTo(Files.readString(
                            Manifests.folder().resolve("components/backup").resolve(script)));
        }
        assertThat(shipped.propertyNames()).containsExactlyInAnyOrder("backup.sh", "restore.sh");
    }

    /** A volume is for one node at a time, and what runs there as somebody else would take its files from its service. */
    @ParameterizedTest
    @CsvSource({"backup, mlflow", "backup-archive, ingest"})
    void backupReadsBesideTheServiceAndAsTheService(String job, String service) {
        assertThat(Manifests.all()).allSatisfy(manifests -> {
            JsonNode backup = manifests.find("CronJob", job).orElseThrow();

            assertThat(mount(backup, service))
                    .hasToString(
                            "{\"mountPath\":\"/data/%1$s\",\"name\":\"%1$s\",\"readOnly\":true}".formatted(service));
            assertThat(claim(backup, service)).isEqualTo("data-%s-0".formatted(service));
            assertThat(claim(backup, "backup")).isEqualTo(job);
            assertThat(Manifests.pod(backup).at("/spec/affinity/podAffinity").toString())
                    .contains(
                            "required",
                            "kubernetes.io/hostname",
                            "\"app.kubernetes.io/name\":\"%s\"".formatted(service));
            assertThat(user(backup))
                    .isEqualTo(user(manifests.find("StatefulSet", service).orElseThrow()));
        });
    }

    @ParameterizedTest
    @CsvSource({"restore, backup, mlflow", "restore-archive, backup-archive, ingest"})
    void restoreIsLikeItsBackupButWritesAndNeverBeginsByItself(String job, String from, String service) {
        assertThat(Manifests.all()).allSatisfy(manifests -> {
            JsonNode backup = manifests.find("CronJob", from).orElseThrow();
            JsonNode restore = manifests.find("CronJob", job).orElseThrow();

            assertThat(restore.at("/spec/suspend").asBoolean()).isTrue();
            assertThat(mount(restore, service).has("readOnly")).isFalse();
            assertThat(claim(restore, "backup")).isEqualTo(from);
            assertThat(Manifests.pod(restore).at("/spec/volumes"))
                    .isEqualTo(Manifests.pod(backup).at("/spec/volumes"));
            assertThat(value(restore, "FOLDERS"))
                    .isEqualTo(value(backup, "FOLDERS"))
                    .startsWith(service + "/");
            assertThat(value(restore, "PGHOST")).isEqualTo(value(backup, "PGHOST"));
            assertThat(user(restore)).isEqualTo(user(backup));
        });
    }

    @Test
    void poolsDatabaseIsDumpedBeforeThatOfMlflow() {
        assertThat(Manifests.all()).allSatisfy(manifests -> assertThat(
                        value(manifests.find("CronJob", "backup").orElseThrow(), "DATABASES"))
                .isEqualTo("mlpool mlflow"));
    }

    private static JsonNode mount(JsonNode job, String volume) {
        return named(Manifests.pod(job).at("/spec/containers/0/volumeMounts"), volume);
    }

    private static String claim(JsonNode job, String volume) {
        return named(Manifests.pod(job).at("/spec/volumes"), volume)
                .at("/persistentVolumeClaim/claimName")
                .asString();
    }

    private static String value(JsonNode job, String variable) {
        return named(Manifests.pod(job).at("/spec/containers/0/env"), variable)
                .path("value")
                .asString();
    }

    private static String user(JsonNode workload) {
        JsonNode security = Manifests.pod(workload).at("/spec/securityContext");
        return "%s:%s".formatted(security.path("runAsUser"), security.path("fsGroup"));
    }

    private static JsonNode named(JsonNode list, String name) {
        return list.valueStream()
                .filter(one -> one.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
