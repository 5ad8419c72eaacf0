package io.mlpool.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one at a time change a folder, between processes and between threads. */
final class FolderLock {

    /** File locks are held by a JVM, not by a thread: within it this lock stands before them. */
    private static final ReentrantLock WITHIN = new ReentrantLock();

    private FolderLock() {}

    @FunctionalInterface
    interface Change<T> {
        T make() throws IOException;
    }

    /** Changes the folder, which is created when it is not there. */
    static <T> T holding(Path folder, Change<T> change) throws IOException {
        WITHIN.lock();
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return change.make();
            }
        } finally {
            WITHIN.unlock();
        }
    }
}
