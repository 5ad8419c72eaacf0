package io.mlpool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Key stores with a certificate that nobody signed, made by the JDK's keytool. */
public final class TestCertificate {

    public static final String PASSWORD = "changeit";

    private TestCertificate() {}

    /** Replaces the file in one step; {@code begin} as keytool writes it, {@code -10d}. */
    public static void make(Path file, String name, String begin, int days) throws IOException, InterruptedException {
        Path fresh = file.resolveSibling(name + ".fresh");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // It ends before the second compiler and a collector with threads are worth their start.
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-startdate",
                begin,
                "-validity",
                Integer.toString(days),
                "-keystore",
                fresh.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
