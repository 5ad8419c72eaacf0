package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.PostgresPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code backup.sh} and {@code restore.sh} of {@code k8s/components/backup}, on a pool of this machine. */
record BackupScripts(PostgresPrograms programs, Path data, Path folder) {

    /** Models are only taken up when a key that this home trusts has signed them. */
    private static final List<String> FOLDERS = List.of("models/registry", "raw", "signing");

    /** What a program said, and how it ended. */
    record Said(int code, String text) {}

    Said backup(Pool pool) {
        return script(pool, "backup.sh");
    }

    Said restore(Pool pool, String... name) {
        return script(pool, "restore.sh", name);
    }

    /** All backups, the oldest first. */
    List<Path> backups() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link PostgresPrograms#ROWS} finds. */
    List<String> rows(Pool pool) {
        Path sql = write(folder.resolveSibling("rows.sql"));
        Said said = run(
                environment(pool), "psql", "-U", "postgres", "-d", "postgres", "-X", "-q", "-At", "-f", sql.toString());
        assertThat(said.code()).as(said.text()).isZero();
        return said.text().lines().toList();
    }

    /** The digest of every file that is backed up, by its name. */
    SortedMap<String, String> files() {
        List<String> command = new ArrayList<>(List.of("find"));
        FOLDERS.forEach(below -> command.add(data.resolve(below).toString()));
        command.addAll(List.of("-type", "f", "-exec", "sha256sum", "{}", "+"));
        SortedMap<String, String> digests = new TreeMap<>();
        run(Map.of(), command.toArray(String[]::new)).text().lines().forEach(line -> {
            String[] parts = line.split(" +", 2);
            digests.put(data.relativize(Path.of(parts[1])).toString(), parts[0]);
        });
        return digests;
    }

    private Said script(Pool pool, String script, String... arguments) {
        Path file = project().resolve("k8s/components/backup").resolve(script);
        return run(
                environment(pool),
                Stream.concat(Stream.of("bash", file.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private Map<String, String> environment(Pool pool) {
        URI database = URI.create(pool.databaseUrl().replaceFirst("^jdbc:", ""));
        Map<String, String> environment = new HashMap<>(Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(database.getPort()),
                "DATABASES", "postgres",
                "FOLDERS", String.join(" ", FOLDERS),
                "DATA", data.toString(),
                "BACKUPS", folder.toString()));
        environment.put("PATH", programs.folder() + ":" + System.getenv("PATH"));
        return environment;
    }

    /** Runs a program until it ends. */
    static Said run(Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path write(Path file) {
        try {
            return Files.writeString(file, PostgresPrograms.ROWS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path project() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("k8s")) ? here : here.resolveSibling("");
    }
}
