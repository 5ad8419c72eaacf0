package io.mlpool.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that tests need and a Debian on which they are root, as in CI's containers, may install. */
final class DebianPackages {

    private static final List<String> INSTALL =
            List.of("apt-get", "install", "--yes", "--no-install-recommends", "--option=DPkg::Lock::Timeout=300");

    private DebianPackages() {}

    /** Tries to install packages; false where that cannot be. */
    static boolean install(String... packages) {
        if (!System.getProperty("user.name").equals("root")
                || executable(path(), "apt-get").isEmpty()) {
            return false;
        }
        System.out.printf("Installing %s with apt-get: tests need them%n", String.join(" and ", packages));
        List<String> command = new ArrayList<>(INSTALL);
        command.addAll(List.of(packages));
        return succeeds(command) || (succeeds(List.of("apt-get", "update")) && succeeds(command));
    }

    /** The first of these names that is on a path, as in the variable {@code PATH}. */
    static Optional<Path> executable(String path, String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The variable {@code PATH}. */
    static String path() {
        return Optional.ofNullable(System.getenv("PATH")).orElse("");
    }

    /** What is installed is only run by tests: a service that comes with it must not start (RUNLEVEL 1 says so to invoke-rc.d). */
    private static boolean succeeds(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            builder.environment().put("RUNLEVEL", "1");
            Process process = builder.start();
            process.getOutputStream().close();
            process.inputReader().lines().forEach(line -> System.out.println("  " + line));
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
