package io.mlpool.encryption;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that only its user may read. Where files have no such permissions, on Windows, nothing is asked of them. */
final class PrivateFile {

    private static final Set<PosixFilePermission> OF_ITS_USER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFile() {}

    /** The content, when nobody else may read it. */
    static String read(Path file) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null) {
                PosixFileAttributes found = view.readAttributes();
                requirePrivate(file, found.permissions(), found.owner().getName());
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new KeyFileException(
                    "%s does not exist; ./mlpool encryption create %s makes it, unless it was lost: then bring it back from its copy, without its keys nothing encrypted can be read"
                            .formatted(file, file),
                    e);
        } catch (IOException e) {
            throw new KeyFileException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    /**
     * The rule of PostgreSQL for its keys: a file of root may be readable by its group, since that is how a system hands it to one
     * service (Kubernetes does with {@code fsGroup}).
     */
    static void requirePrivate(Path file, Set<PosixFilePermission> permissions, String owner) {
        Set<PosixFilePermission> excess = EnumSet.noneOf(PosixFilePermission.class);
        excess.addAll(permissions);
        excess.removeAll(OF_ITS_USER);
        excess.remove(PosixFilePermission.OWNER_EXECUTE);
        if (owner.equals("root")) {
            excess.remove(PosixFilePermission.GROUP_READ);
        }
        if (!excess.isEmpty()) {
            throw new KeyFileException("%s holds keys and others may use it (%s); take that away: chmod 600 %s"
                    .formatted(file, excess, file));
        }
    }

    /** The folder of a file that is to come, with those above it: those that are made now are for their user only. */
    static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
            Files.createDirectories(folder);
        } else {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Writes the file at once, for its user only, or for whom the file in its place was. It is on disk when this returns. */
    static void write(Path file, String content) throws IOException {
        Path place = Files.exists(file) ? file.toRealPath() : file;
        Path next = Files.createTempFile(place.resolveSibling(""), ".", ".keys");
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
            if (view != null) {
                belongLike(place, view);
            }
            Files.writeString(next, content);
            force(next);
            Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
            if (view != null) {
                force(place.resolveSibling(""));
            }
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** A temporary file is of its user only already. */
    private static void belongLike(Path place, PosixFileAttributeView next) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(place, PosixFileAttributeView.class);
        if (old != null && Files.exists(place)) {
            PosixFileAttributes attributes = old.readAttributes();
            next.setOwner(attributes.owner());
            next.setGroup(attributes.group());
            next.setPermissions(attributes.permissions());
        }
    }

    /** A file, or the names in a folder: a key that is lost with the power takes with it what it has encrypted. */
    private static void force(Path path) throws IOException {
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
