package io.mlpool.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code SHA256SUMS} of a bundle, in the format of {@code sha256sum -c}: every file of the directory but itself and the signature is listed. */
public final class BundleDigests {

    public static final String FILE = "SHA256SUMS";

    private BundleDigests() {}

    static void write(Path directory) throws IOException {
        StringBuilder lines = new StringBuilder();
        digests(directory)
                .forEach((name, digest) ->
                        lines.append(digest).append("  ").append(name).append('\n'));
        Files.writeString(directory.resolve(FILE), lines);
    }

    /** Throws {@link BrokenBundleException} naming the first file that is missing, changed or not listed. */
    static void verify(Path directory) throws IOException {
        if (!Files.exists(directory.resolve(FILE))) {
            throw new BrokenBundleException(
                    "%s is missing from %s: the bundle is incomplete".formatted(FILE, directory));
        }
        Map<String, String> listed = listed(directory);
        Map<String, String> found = digests(directory);
        for (Map.Entry<String, String> entry : listed.entrySet()) {
            String digest = found.remove(entry.getKey());
            if (digest == null) {
                throw new BrokenBundleException("%s is listed in %s but missing".formatted(entry.getKey(), FILE));
            }
            if (!digest.equals(entry.getValue())) {
                throw new BrokenBundleException("%s was changed: its SHA-256 is %s, %s says %s"
                        .formatted(entry.getKey(), digest, FILE, entry.getValue()));
            }
        }
        if (!found.isEmpty()) {
            throw new BrokenBundleException("%s are not listed in %s".formatted(found.keySet(), FILE));
        }
    }

    /** SHA-256 of the list, and so of everything. */
    static String of(Path directory) {
        try {
            return sha256(directory.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory.resolve(FILE), e);
        }
    }

    /**
     * Names of the listed files.
     *
     * @throws BrokenBundleException when the list makes no sense, or names a file outside of the bundle
     */
    public static Set<String> files(Path directory) {
        try {
            Set<String> names = listed(directory).keySet();
            names.forEach(BundleDigests::requireWithin);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory.resolve(FILE), e);
        }
    }

    /** The list may come from elsewhere. */
    private static void requireWithin(String name) {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
            throw new BrokenBundleException("%s names '%s', which no bundle holds".formatted(FILE, name));
        }
    }

    private static Map<String, String> listed(Path directory) throws IOException {
        Map<String, String> listed = new TreeMap<>();
        List<String> lines = Files.readAllLines(directory.resolve(FILE));
        for (String line : lines) {
            int space = line.indexOf("  ");
            if (space != 64) {
                throw new BrokenBundleException("%s has a line that is no digest: %s".formatted(FILE, line));
            }
            listed.put(line.substring(66), line.substring(0, 64));
        }
        return listed;
    }

    private static Map<String, String> digests(Path directory) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (!name.equals(FILE) && !name.equals(ModelBundle.SIGNATURE)) {
                    digests.put(name, sha256(file));
                }
            }
        }
        return digests;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
