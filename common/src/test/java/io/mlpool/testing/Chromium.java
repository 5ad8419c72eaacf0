package io.mlpool.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's Chromium and its driver, two packages of one version.
 *
 * @param browser the executable
 * @param driver the executable that Selenium talks to
 */
record Chromium(Path browser, Path driver) {

    private static final List<String> INSTALL = List.of(
            "apt-get",
            "install",
            "--yes",
            "--no-install-recommends",
            "--option=DPkg::Lock::Timeout=300",
            "chromium",
            "chromium-driver");

    /** The one of this machine; a Debian on which the tests are root, as in CI's containers, gets it installed. */
    static Chromium require() {
        return find(path())
                .or(Chromium::install)
                .orElseThrow(() -> Requirement.BROWSER.unavailable(new IOException(
                        "no chromium and chromedriver on the PATH; on Debian: apt install chromium chromium-driver")));
    }

    /** Those on this path, as in the variable {@code PATH}. */
    static Optional<Chromium> find(String path) {
        return executable(path, "chromium", "chromium-browser", "google-chrome")
                .flatMap(browser -> executable(path, "chromedriver").map(driver -> new Chromium(browser, driver)));
    }

    private static Optional<Chromium> install() {
        if (!System.getProperty("user.name").equals("root")
                || executable(path(), "apt-get").isEmpty()) {
            return Optional.empty();
        }
        System.out.println(
                "Installing chromium and chromium-driver with apt-get: tests look at pages in a real browser");
        boolean installed = succeeds(INSTALL) || (succeeds(List.of("apt-get", "update")) && succeeds(INSTALL));
        return installed ? find(path()) : Optional.empty();
    }

    private static boolean succeeds(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
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

    private static Optional<Path> executable(String path, String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String path() {
        return Optional.ofNullable(System.getenv("PATH")).orElse("");
    }
}
