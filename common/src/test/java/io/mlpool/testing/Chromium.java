package io.mlpool.testing;

import static io.mlpool.testing.DebianPackages.executable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The machine's Chromium and its driver, two packages of one version.
 *
 * @param browser the executable
 * @param driver the executable that Selenium talks to
 */
record Chromium(Path browser, Path driver) {

    /** The one of this machine; a Debian on which the tests are root, as in CI's containers, gets it installed. */
    static Chromium require() {
        return find(DebianPackages.path())
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
        return DebianPackages.install("chromium", "chromium-driver") ? find(DebianPackages.path()) : Optional.empty();
    }
}
