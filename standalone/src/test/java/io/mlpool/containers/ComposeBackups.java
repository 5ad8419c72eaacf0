package io.mlpool.containers;

import io.mlpool.testing.PostgresPrograms;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code docker/backup} and {@code docker/restore}. */
record ComposeBackups(PoolInContainers pool, ClientPrograms programs) implements BackupWay {

    static ComposeBackups in(Path folder) {
        ClientPrograms programs = ClientPrograms.with(new Docker(Map.of()));
        Map<String, String> backups =
                Map.of("MLPOOL_BACKUPS", folder.resolve("backups").toString());
        PoolInContainers pool = new PoolInContainers("mlpool-backup-test", backups, programs.override(folder));
        return new ComposeBackups(pool, programs);
    }

    @Override
    public void prepare() {}

    @Override
    public String backup() {
        return pool.docker().script("docker/backup");
    }

    @Override
    public String restore() {
        return pool.docker().script("docker/restore");
    }

    @Override
    public List<String> rows() {
        return programs.ask(pool.name() + "_default", "mlpool", PostgresPrograms.ROWS);
    }

    /** With its database. */
    @Override
    public String models() {
        return ".";
    }

    @Override
    public void clear() {}
}
