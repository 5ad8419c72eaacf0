package io.mlpool.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Where the services listen on the loopback interface.
 *
 * @param overTls those of these ports where TLS is spoken
 */
record Ports(int serving, int ingest, int training, Set<Integer> overTls) {

    static final int DEFAULT = 8001;

    private static final int HIGHEST = 65_535;

    /** From here on systems give ports to connections, which might take one between the look and the start. */
    private static final int EPHEMERAL = 32_000;

    private static final int LEAST = 10_000;
    private static final int TRIES = 100;

    Ports {
        overTls = Set.copyOf(overTls);
    }

    /**
     * Serving on this port, ingest and training on the two after it.
     *
     * @throws MlpoolException when there are no such ports
     */
    static Ports from(int serving) {
        if (serving < 1 || serving > HIGHEST - 2) {
            throw new MlpoolException("--port must be from 1 to %d, as the two ports after it are used too; found %d"
                    .formatted(HIGHEST - 2, serving));
        }
        return new Ports(serving, serving + 1, serving + 2, Set.of());
    }

    /** Ports that are free now, for a pool that nobody has to find. */
    static Ports free() {
        return Stream.generate(() -> from(ThreadLocalRandom.current().nextInt(LEAST, EPHEMERAL)))
                .limit(TRIES)
                .filter(Ports::areFree)
                .findFirst()
                .orElseThrow(() -> new MlpoolException("no free ports on this machine"));
    }

    private boolean areFree() {
        try {
            requireFree();
            return true;
        } catch (MlpoolException taken) {
            return false;
        }
    }

    /** Says at once, and in words, what would otherwise be a stack trace half a minute later. */
    void requireFree() {
        for (int port : new int[] {serving, ingest, training}) {
            requireFree(port, "others with --port N (uses N, N+1, N+2)");
        }
    }

    /** The same of any port; {@code choice} says how to get another. */
    static void requireFree(int port, String choice) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new MlpoolException(
                    "port %d is taken by another program; stop it or choose %s".formatted(port, choice), e);
        }
    }

    String servingUrl() {
        return url(serving);
    }

    String ingestUrl() {
        return url(ingest);
    }

    String trainingUrl() {
        return url(training);
    }

    /** The same, and TLS is spoken at this port. */
    Ports withTls(int port) {
        Set<Integer> more = new TreeSet<>(overTls);
        more.add(port);
        return new Ports(serving, ingest, training, more);
    }

    /** How to ask there from a shell: a certificate is for the name that others use, so that it is not asked for here. */
    static String curl(String url) {
        return (url.startsWith("https:") ? "curl -sk " : "curl -s ") + url;
    }

    private String url(int port) {
        return (overTls.contains(port) ? "https" : "http") + "://localhost:" + port;
    }
}
