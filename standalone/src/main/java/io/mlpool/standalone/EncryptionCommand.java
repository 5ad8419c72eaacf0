package io.mlpool.standalone;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.KeyFile;
import io.mlpool.ingest.archive.RawArchive;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool encryption}. */
@Command(
        name = "encryption",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Makes and changes the file of keys with which a pool encrypts what it keeps on disk. Keep the file outside of the pool's home, and a "
                    + "copy of it somewhere else: without it nothing encrypted can be read again.%n",
            "./mlpool encryption create ~/mlpool-keys.json",
            "MLPOOL_ENCRYPTION_KEYS=~/mlpool-keys.json ./mlpool run%n"
        })
final class EncryptionCommand {

    @Mixin
    private final Output out = new Output();

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a key file with one new key. A file that is there is never overwritten.")
    int create(@Parameters(paramLabel = "FILE", description = "The new key file") Path file) {
        KeyFile keys = new KeyFile(file);
        keys.create();
        out.line(
                "%s is made, for its user only. Keep a copy of it somewhere else. To encrypt from now on:",
                keys.path());
        out.line("  MLPOOL_ENCRYPTION_KEYS='%s' ./mlpool run", keys.path());
        return 0;
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description =
                    "Adds a new key that encrypts from now on; those before it go on decrypting. Running services see it.")
    int rotate(@Parameters(paramLabel = "FILE", description = "The key file") Path file) {
        new KeyFile(file).rotate();
        list(file);
        out.line("Copy the file anew: the copy from before does not hold the new key.");
        return 0;
    }

    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            description =
                    "Encrypts the raw archive anew with the newest key in $$MLPOOL_ENCRYPTION_KEYS, and what is not encrypted yet, while the pool is stopped. "
                            + "Models stay as they are: they are signed.")
    int renew(
            @Option(
                            names = "--archive",
                            paramLabel = "DIR",
                            description = "Folder of the archive. Default: that of the pool in --home")
                    @Nullable Path archive,
            @Mixin HomeOption home) {
        if (home.running().isPresent()) {
            throw new MlpoolException("the pool in %s is running; stop it before its archive is encrypted anew"
                    .formatted(home.home().folder()));
        }
        Path folder = archive == null ? home.home().archive() : archive;
        List<String> left = renew(folder, KeyFileSetting.encryption());
        left.forEach(why -> out.line("left as it is: %s", why));
        out.line("All %sof %s is encrypted with the newest key.", left.isEmpty() ? "" : "else ", folder);
        return left.isEmpty() ? 0 : 1;
    }

    private static List<String> renew(Path folder, Encryption encryption) {
        if (!encryption.isOn()) {
            throw new MlpoolException("set %s to the key file: without it there is nothing to encrypt with"
                    .formatted(KeyFileSetting.VARIABLE));
        }
        return new RawArchive(folder, Long.MAX_VALUE, encryption, Clock.systemUTC()).renew();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the keys of a file, without their secrets.")
    int list(@Parameters(paramLabel = "FILE", description = "The key file") Path file) {
        for (KeyFile.Entry key : new KeyFile(file).entries()) {
            out.line("%-10d  %s", key.id(), key.primary() ? "encrypts and decrypts" : "decrypts");
        }
        return 0;
    }
}
