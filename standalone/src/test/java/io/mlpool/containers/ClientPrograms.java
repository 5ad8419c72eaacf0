package io.mlpool.containers;

import io.mlpool.testing.PostgresPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code psql}, {@code pg_dump} and {@code pg_restore} in containers of {@code postgres:18}: the image has them. Where an image in its place has
 * none they are mounted from {@link PostgresPrograms}.
 *
 * @param mounts options of {@code docker run}; none where the image has the programs
 */
record ClientPrograms(Docker docker, List<String> mounts) {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    static ClientPrograms with(Docker docker) {
        try {
            docker.docker("run", "--rm", "--entrypoint", "pg_dump", "postgres:18", "--version");
            return new ClientPrograms(docker, List.of());
        } catch (IllegalStateException hasNone) {
            PostgresPrograms programs = PostgresPrograms.packaged();
            String folder = "/programs/" + programs.root().relativize(programs.folder());
            return new ClientPrograms(
                    docker,
                    List.of(
                            "--volume=%s:/programs:ro".formatted(programs.root()),
                            "--env=PATH=%s:%s".formatted(folder, PATH)));
        }
    }

    /** The same for the service {@code backup} of Compose, as a file that goes beside the project's own. */
    Path override(Path folder) {
        String service = mounts.isEmpty()
                ? "{}"
                : "{volumes: [\"%s\"], environment: {PATH: \"%s\"}}"
                        .formatted(
                                mounts.getFirst().replace("--volume=", ""),
                                mounts.getLast().replace("--env=PATH=", ""));
        try {
            return Files.writeString(folder.resolve("programs.yaml"), "services: {backup: %s}\n".formatted(service));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What psql prints, asked by the owner of a database of the pool. */
    List<String> ask(String network, String database, String sql) {
        List<String> arguments = new ArrayList<>(List.of("run", "--rm", "--network", network));
        arguments.addAll(mounts);
        arguments.addAll(
                List.of("--env=PGPASSWORD=" + PoolInContainers.PASSWORD, "--entrypoint", "bash", "postgres:18"));
        arguments.addAll(
                List.of("-c", "psql -h postgres -U \"$1\" -d \"$1\" -X -q -At -v ON_ERROR_STOP=1 <<<\"$2\"", "bash"));
        arguments.addAll(List.of(database, sql));
        return docker.docker(arguments.toArray(String[]::new)).lines().toList();
    }
}
