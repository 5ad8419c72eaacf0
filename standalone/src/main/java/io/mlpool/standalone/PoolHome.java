package io.mlpool.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which a standalone pool keeps everything: database, raw archive, models, inbox, log, and with it the local MLflow. Copy it and you have
 * copied the pool.
 */
record PoolHome(Path folder) {

    PoolHome {
        folder = folder.toAbsolutePath().normalize();
    }

    Path database() {
        return folder.resolve("postgres");
    }

    /**
     * For commands that have nothing to do in an empty home, and are not to make one by mistake.
     *
     * @param more what else may be done, as the end of the sentence
     */
    void requirePool(String more) {
        if (!Files.exists(database())) {
            throw new MlpoolException("there is no pool in %s: ./mlpool run makes one, --home DIR names another%s"
                    .formatted(folder, more));
        }
    }

    Path archive() {
        return folder.resolve("raw");
    }

    Path inbox() {
        return folder.resolve("inbox");
    }

    Path models() {
        return folder.resolve("models");
    }

    /** The local MLflow server's database, artifacts and log. */
    Path mlflow() {
        return folder.resolve("mlflow");
    }

    /** The registry of those models that are not in the local MLflow. */
    Path registry() {
        return models().resolve("registry");
    }

    Path log() {
        return folder.resolve("mlpool.log");
    }

    /** Noted once something was encrypted here, so that nobody goes on in plain for having forgotten the key file. */
    void noteEncryption() {
        try {
            Files.writeString(
                    encrypted(), "Files here were encrypted; see docs/encryption.md. Delete this to go on without.\n");
        } catch (IOException e) {
            throw new MlpoolException("cannot write " + encrypted(), e);
        }
    }

    /** @throws MlpoolException when this home is encrypted and nobody says with which keys */
    void requireKeysWhereEncrypted() {
        if (Files.exists(encrypted()) && !KeyFileSetting.isGiven()) {
            throw new MlpoolException(
                    "what is in %s is encrypted, and %s is not set: name the key file as before, or delete %s to go on without encryption, where what is encrypted cannot be read"
                            .formatted(folder, KeyFileSetting.VARIABLE, encrypted()));
        }
    }

    private Path encrypted() {
        return folder.resolve("encrypted");
    }

    /** Where the running pool says how it can be reached. */
    Path address() {
        return folder.resolve("running.properties");
    }

    /** The keys that its models are signed with. */
    SigningKeys signing() {
        return SigningKeys.in(folder.resolve("signing"));
    }

    /** The key with which the commands ask the pool. */
    CommandKey commandKey() {
        return new CommandKey(folder.resolve("command.key"));
    }

    /** Asks the pool as one who may read its home. */
    PoolClient client() {
        return new PoolClient(commandKey());
    }

    /**
     * Writes down where the pool of this process listens; a file left by a killed one is overwritten.
     *
     * @param database JDBC URL, empty until it has started
     * @param mlflow of the local MLflow, empty where none runs
     */
    void tellAddress(Ports ports, String database, String mlflow) {
        try {
            Files.writeString(address(), """
                    pid=%d
                    serving=%d
                    ingest=%d
                    training=%d
                    tls=%s
                    database=%s
                    mlflow=%s
                    """.formatted(
                            ProcessHandle.current().pid(),
                            ports.serving(),
                            ports.ingest(),
                            ports.training(),
                            ports.overTls().stream().map(String::valueOf).collect(Collectors.joining(",")),
                            database,
                            mlflow));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Nobody is to look for a pool that has stopped. */
    void forgetAddress() {
        try {
            Files.deleteIfExists(address());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Makes the folder and takes it for this process until the process ends, however it ends.
     *
     * @throws MlpoolException when another process has it
     */
    FileLock take() {
        try {
            Files.createDirectories(inbox());
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new MlpoolException(
                        "another ML Pool runs in %s: use it, stop it (Ctrl-C), or choose another folder with --home DIR"
                                .formatted(folder));
            }
            return lock;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private MlpoolException unwritable(IOException e) {
        return new MlpoolException("cannot write to %s; choose another folder with --home DIR".formatted(folder), e);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }
}
