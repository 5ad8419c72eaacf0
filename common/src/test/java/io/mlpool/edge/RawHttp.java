package io.mlpool.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection that says what no client of HTTP would say. */
final class RawHttp implements AutoCloseable {

    private final Socket socket;

    RawHttp(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends these and gives all that comes until the server closes the connection. */
    static String ask(int port, String request) {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(request);
            return connection.rest();
        }
    }

    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String rest() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the same byte again and again, a few in a second, until the server has had enough, for nine seconds at most; gives what it said. */
    String trickle(char c) {
        StringBuilder said = new StringBuilder();
        try {
            socket.setSoTimeout(30);
            for (int sent = 0; sent < 300; ) {
                try {
                    int read = socket.getInputStream().read();
                    if (read < 0) {
                        return said.toString();
                    }
                    said.append((char) read);
                } catch (SocketTimeoutException quiet) {
                    socket.getOutputStream().write(c);
                    sent++;
                }
            }
            throw new AssertionError("the server still listens after nine seconds, it said: " + said);
        } catch (IOException closed) {
            return said.toString();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
