package io.mlpool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealBrowserTest {

    private static final String PAGE = """
            <!doctype html><title>Runs</title>
            <body style="margin:0"><button onclick="document.querySelector('#late').innerHTML = '<b>run 1</b> <b>run 2</b>'">show</button>
            <div id="late"></div>
            <div style="position:fixed; left:0; bottom:0; width:100px; height:100px; background:#ff0000"></div>
            <script>setTimeout(() => document.body.append('all loaded'), 300)</script>
            """;

    @Test
    void aPageIsReadClickedAndSeen() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try (RealBrowser browser = RealBrowser.start()) {
            browser.open(URI.create("http://localhost:" + server.getAddress().getPort()));
            browser.awaitText("all loaded");
            assertThat(browser.texts("#late b")).isEmpty();
            browser.click("button");
            assertThat(browser.await("#late")).isEqualTo("run 1 run 2");
            assertThat(browser.texts("#late b")).containsExactly("run 1", "run 2");
            BufferedImage seen = browser.screenshot();
            assertThat(seen.getRGB(50, seen.getHeight() - 50) & 0xffffff).isEqualTo(0xff0000);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aBrowserWithoutItsDriverIsNone(@TempDir Path folder) throws IOException {
        Path browser = java.nio.file.Files.createFile(folder.resolve("chromium"));
        assertThat(browser.toFile().setExecutable(true)).isTrue();
        assertThat(Chromium.find(folder.toString())).isEmpty();
        Path driver = java.nio.file.Files.createFile(folder.resolve("chromedriver"));
        assertThat(driver.toFile().setExecutable(true)).isTrue();
        assertThat(Chromium.find("/nowhere:" + folder)).contains(new Chromium(browser, driver));
    }
}
