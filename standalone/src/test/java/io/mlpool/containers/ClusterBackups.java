package io.mlpool.containers;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.kubernetes.PodInDocker;
import io.mlpool.testing.PostgresPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The jobs of Kubernetes, with MLflow in PostgreSQL as it is there. */
record ClusterBackups(PoolInContainers pool, ClientPrograms programs) implements BackupWay {

    private static final Map<String, String> OF_SERVICES = Map.of("data-mlflow-0", "mlflow", "data-ingest-0", "ingest");

    private static final String NAME = "mlpool-jobs-test";
    private static final String DATABASE_OF_MLFLOW = "MLFLOW_BACKEND_STORE_URI";

    static ClusterBackups in(Path folder) {
        ClientPrograms programs = ClientPrograms.with(new Docker(Map.of()));
        try {
            Path mlflow = Files.writeString(folder.resolve("mlflow.yaml"), """
                    services: {mlflow: {environment: {%1$s: "%2$s"}}}
                    """.formatted(
                            DATABASE_OF_MLFLOW, pod("StatefulSet", "mlflow").variable(DATABASE_OF_MLFLOW)));
            return new ClusterBackups(new PoolInContainers(NAME, Map.of(), mlflow), programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code mlflow.sh} of the component does when the volume is new, and fsGroup for those of the backups. */
    @Override
    public void prepare() {
        pool.start("postgres");
        within(Duration.ofMinutes(2), () -> assertThat(pool.health("postgres")).isEqualTo("healthy"));
        ask("mlpool", "CREATE USER mlflow PASSWORD '%s'".formatted(PoolInContainers.PASSWORD));
        ask("mlpool", "CREATE DATABASE mlflow OWNER mlflow");
        for (String claim : List.of("backup", "backup-archive")) {
            pool.docker()
                    .docker(
                            "run",
                            "--rm",
                            "--volume=%s:/volume".formatted(volume(claim)),
                            "--entrypoint",
                            "bash",
                            "postgres:18",
                            "-c",
                            "chown root:10001 /volume && chmod 2775 /volume");
        }
    }

    @Override
    public String backup() {
        return run("backup") + run("backup-archive");
    }

    /** All is applied first, which makes databases and volumes, and scaled down. */
    @Override
    public String restore() {
        prepare();
        pool.start();
        within(Duration.ofMinutes(4), () -> assertThat(pool.health("mlflow")).isEqualTo("healthy"));
        within(Duration.ofMinutes(4), () -> assertThat(pool.health("ingest")).isEqualTo("healthy"));
        assertThatThrownBy(() -> run("restore")).hasMessageContaining("the database mlpool is in use from");
        pool.stop("serving", "training", "ingest", "mlflow");
        return run("restore") + run("restore-archive");
    }

    @Override
    public List<String> rows() {
        return Stream.of("mlpool", "mlflow")
                .flatMap(database -> ask(database, PostgresPrograms.ROWS).stream())
                .toList();
    }

    @Override
    public String models() {
        return "artifacts";
    }

    @Override
    public void clear() {
        pool.docker().docker("volume", "rm", "--force", volume("backup"), volume("backup-archive"));
    }

    private String run(String job) {
        List<String> more = new ArrayList<>(List.of("--network", network()));
        more.addAll(programs.mounts());
        String[] arguments = pod("CronJob", job).arguments(more);
        return pool.docker()
                .docker(Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new));
    }

    private List<String> ask(String database, String sql) {
        return programs.ask(network(), database, sql);
    }

    private static PodInDocker pod(String kind, String name) {
        return new PodInDocker(kind, name, PoolInContainers.PASSWORD, ClusterBackups::volume);
    }

    private static String network() {
        return NAME + "_default";
    }

    private static String volume(String claim) {
        return "%s_%s".formatted(NAME, OF_SERVICES.getOrDefault(claim, claim));
    }
}
