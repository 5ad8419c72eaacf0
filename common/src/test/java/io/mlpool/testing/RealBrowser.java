package io.mlpool.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Chromium without a window, for tests that look at a page as people do. Without it the test is skipped, see {@link Requirement}.
 * A module whose tests use it needs {@code selenium-chrome-driver} and {@code selenium-support} in scope test.
 */
public final class RealBrowser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    private RealBrowser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** A fresh browser with a window of 1400 x 1000 that knows no cookies. */
    public static RealBrowser start() {
        Chromium chromium = Chromium.require();
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromium.driver().toFile())
                .usingAnyFreePort()
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.browser().toFile());
        // In a container there is no sandbox for root and little shared memory; the pages are our own.
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--window-size=1400,1000");
        return new RealBrowser(new ChromeDriver(service, options));
    }

    /** Goes to a page; what scripts add to it comes later, see {@link #await}. */
    public void open(URI page) {
        driver.get(page.toString());
    }

    /** Waits up to a minute until an element is visible, and gives its text. */
    public String await(String css) {
        return patiently()
                .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)))
                .getText();
    }

    /** Waits up to a minute until the page shows this text. */
    public void awaitText(String text) {
        patiently()
                .withMessage(() -> "the page shows: " + text())
                .until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
    }

    public void click(String css) {
        patiently()
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(css)))
                .click();
    }

    /** Replaces what stands in a field, and leaves the field. */
    public void type(String css, String text) {
        WebElement field = patiently().until(ExpectedConditions.elementToBeClickable(By.cssSelector(css)));
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text, Keys.TAB);
    }

    /** Goes back to the page before. */
    public void back() {
        driver.navigate().back();
    }

    /** Makes the page itself so large; windows of browsers have a least width that phones do not reach. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", true));
    }

    /** What a script returns, which is a whole number. */
    public long number(String script) {
        return ((Number) Objects.requireNonNull(driver.executeScript(script))).longValue();
    }

    /** Errors of scripts and failed loads since the browser was started. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Texts of all elements that match now, in the page's order. */
    public List<String> texts(String css) {
        return driver.findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** All that the page shows now. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** What the window shows now. */
    public BufferedImage screenshot() {
        return image(driver.getScreenshotAs(OutputType.BYTES));
    }

    /** How an element looks, which is waited for and scrolled to. */
    public BufferedImage picture(String css) {
        return image(patiently()
                .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)))
                .getScreenshotAs(OutputType.BYTES));
    }

    /** Goes into the page of a frame; {@link #open} leads out of it. */
    public void enter(String css) {
        patiently().until(ExpectedConditions.frameToBeAvailableAndSwitchToIt(By.cssSelector(css)));
    }

    private static BufferedImage image(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private WebDriverWait patiently() {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100));
    }
}
