/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real browser without a window, that looks at the page. Tests that need it are skipped, and say so, where there is none. */
final class Browser implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int HEIGHT = 900;

    /** Runs before the page's own scripts: notes what the policy refused, and what a payload would do. */
    private static final String WATCHING = """
            window.violations = [];
            window.ran = [];
            document.addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
            for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => ran.push(name);
            """;

    private final ChromeDriver driver;
    private final URI url;

    private Browser(ChromeDriver driver, URI url) {
        this.driver = driver;
        this.url = url;
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCHING));
    }

    /** Skips the test where there is no Chromium, or nothing to steer it. */
    static Browser open(URI url) {
        Optional<File> chromium =
                onPath("chromium").or(() -> onPath("chromium-browser")).or(() -> onPath("google-chrome"));
        Optional<File> steering = onPath("chromedriver");
        assumeTrue(
                chromium.isPresent() && steering.isPresent(),
                "skipped: the page is tested where chromium and chromedriver are on the PATH");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en-GB");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(steering.orElseThrow())
                .build();
        return new Browser(new ChromeDriver(service, options), url);
    }

    private static Optional<File> onPath(String name) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }

    /** @param view as in the address, behind #/ */
    void show(String view) {
        driver.get(url.resolve("/") + "#/" + view);
    }

    /** A page that is loaded anew, as one that was closed. */
    void showAnew(String view) {
        driver.get("about:blank");
        show(view);
    }

    /** What a reader has in front of them, and with what. */
    void size(int width, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Until two frames were drawn since: what follows a change of size has happened. */
    void awaitStill() {
        driver.executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))");
    }

    WebElement find(String css) {
        return await("for " + css)
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> driver.findElement(By.cssSelector(css)), e -> true);
    }

    /** The control under that label. */
    WebElement field(String label) {
        String xpath = "//label[normalize-space()=%s]".formatted(quoted(label));
        WebElement found = await("for the field " + label)
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> driver.findElement(By.xpath(xpath)), e -> true);
        return driver.findElement(By.id(found.getDomAttribute("for")));
    }

    void click(String text) {
        String xpath = "//*[self::button or self::a or self::summary][normalize-space()=%s]".formatted(quoted(text));
        await("to click " + text).atMost(LIMIT).ignoreExceptions().until(() -> {
            WebElement control = driver.findElements(By.xpath(xpath)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst()
                    .orElseThrow();
            driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", control);
            control.click();
            return true;
        });
    }

    void awaitText(String css, String... texts) {
        awaitText(LIMIT, css, texts);
    }

    void awaitText(Duration limit, String css, String... texts) {
        await().atMost(limit)
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(() -> assertThat(text(css)).contains(texts));
    }

    /** Of all that match. */
    String text(String css) {
        return String.join(
                "\n",
                driver.findElements(By.cssSelector(css)).stream()
                        .map(WebElement::getText)
                        .toList());
    }

    @SuppressWarnings("unchecked")
    <T> T script(String script, Object... arguments) {
        return (T) driver.executeScript(script, arguments);
    }

    /** What the page's policy refused since it was loaded. */
    List<String> violations() {
        return script("return window.violations");
    }

    /** What ran that should not have. */
    List<String> ran() {
        return script("return window.ran");
    }

    /** What keeps some from using the page: serious and critical only. */
    List<String> barriers() {
        return new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(Browser::told)
                        .toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    /** The whole page, however long. */
    void screenshot(Path file) throws IOException {
        Map<String, Object> taken = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(taken.get("data"))));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    @Override
    public void close() {
        driver.quit();
    }
}
