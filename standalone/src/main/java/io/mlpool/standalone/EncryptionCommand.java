package io.mlpool.standalone;

import io.mlpool.encryption.KeyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Spec
    private @Nullable CommandSpec spec;

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a key file with one new key. A file that is there is never overwritten.")
    int create(@Parameters(paramLabel = "FILE", description = "The new key file") Path file) {
        KeyFile keys = new KeyFile(file);
        keys.create();
        out().printf(
                        "%s is made, for its user only. Keep a copy of it somewhere else. To encrypt from now on:%n",
                        keys.path());
        out().printf("  MLPOOL_ENCRYPTION_KEYS='%s' ./mlpool run%n", keys.path());
        out().flush();
        return 0;
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description =
                    "Adds a new key that encrypts from now on; those before it go on decrypting. Running services see it.")
    int rotate(@Parameters(paramLabel = "FILE", description = "The key file") Path file) {
        new KeyFile(file).rotate();
        return list(file);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the keys of a file, without their secrets.")
    int list(@Parameters(paramLabel = "FILE", description = "The key file") Path file) {
        for (KeyFile.Entry key : new KeyFile(file).entries()) {
            out().printf(Locale.ROOT, "%-10d  %s%n", key.id(), key.primary() ? "encrypts and decrypts" : "decrypts");
        }
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not started this command");
        }
        return spec.commandLine().getOut();
    }
}
