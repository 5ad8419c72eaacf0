package io.mlpool.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Puts files on disk so that a power cut does not take them back: content before its name, and then the name. */
final class DurableFiles {

    private DurableFiles() {}

    /** Renames at once, also to a name that is taken, and waits until the folders on the way down to it are on disk. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Path folder = to.getParent();
        for (int level = 0; level < 3 && folder != null; level++) { // folder, model and registry, which may all be new
            force(folder);
            folder = folder.getParent();
        }
    }

    /** Everything in a folder, what is deepest first. */
    static void forceTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                force(file);
            }
        }
    }

    /** A file's content, or the names in a folder. */
    static void force(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        if (folder && isWindows()) {
            return; // where folders cannot be opened, and their names are on disk with the rename
        }
        try (FileChannel channel =
                FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
