/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.loadtest.report.Publisher;
import io.sandpiper.schemas.LoadRunMeasured;
import io.sandpiper.schemas.LoadRunMeasured.Counts;
import io.sandpiper.schemas.LoadSweepMeasured;
import io.sandpiper.schemas.LoadTestEvent.Latency;
import io.sandpiper.schemas.LoadTestEvent.RouteKind;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every view of the page, as everybody sees it: by day and by night, on a desk and in a hand. */
class DashboardViewsIT extends SharedStandalone {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        browser = Browser.open(running.url());
        assertThat(running.predict("mnist", DrawnDigits.png(7, 1)).get("state")).isEqualTo("PREDICTED");
        tellLoadTests();
    }

    /** Whoever writes a workload names it, and the model. */
    private static void tellLoadTests() {
        StringWriter errors = new StringWriter();
        Publisher publisher = new Publisher(running.standalone.kafka(), new PrintWriter(errors));
        Instant now = Instant.now();
        publisher.publish(new LoadRunMeasured(
                "run-of-strangers",
                now.minusSeconds(30),
                now,
                Payloads.ALL.get(1),
                Payloads.ALL.get(2),
                32,
                RouteKind.HTTP,
                1,
                100.0,
                null,
                Payloads.ALL.get(3),
                99.5,
                new Counts(3_000, 2_990, 2_989, 9, 0, 1, 2, 0, 0, 3),
                new Latency(12.3, 40.1, 88)));
        publisher.publish(new LoadSweepMeasured(
                "sweep-of-strangers",
                now.minusSeconds(900),
                now.minusSeconds(60),
                Payloads.ALL.get(4),
                32,
                RouteKind.KAFKA,
                64,
                20,
                "a machine",
                Stream.of("partition", "share", Payloads.ALL.get(5))
                        .flatMap(mode -> Stream.of(1, 2, 4)
                                .map(workers -> new LoadSweepMeasured.Case(
                                        mode, 2, workers, 900.0 * workers, 1.5, 0, new Latency(5, 6, 7))))
                        .toList()));
        assertThat(errors.toString()).isEmpty();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    static Stream<String> views() {
        return Stream.of(
                "live",
                "predict/mnist",
                "train/mnist",
                "models",
                "models/mnist",
                "models/mnist/1",
                "drift/mnist",
                "system");
    }

    @ParameterizedTest
    @MethodSource("views")
    void aView_isForEverybody(String view) throws Exception {
        browser.size(1440, false);
        browser.showAnew(view);
        browser.awaitText("#connection", "live");
        browser.find(view.equals("system") ? ".view .scaling canvas" : ".view section");
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(1440, 390, 360)) {
                browser.size(width, dark);
                browser.awaitStill();
                String name = "%s-%d-%s.png".formatted(view.replace('/', '-'), width, dark ? "dark" : "light");
                browser.screenshot(SCREENSHOTS.resolve(name));

                assertThat(browser.<Long>script("return document.documentElement.scrollWidth - window.innerWidth"))
                        .as("%s is cut", name)
                        .isNotPositive();
            }
            assertThat(browser.barriers()).as("%s, dark: %s", view, dark).isEmpty();
        }
        assertThat(browser.violations()).as(view).isEmpty();
    }

    /** As label, as name of a file, as name of a model: whatever somebody writes is text. */
    @Test
    void whatStrangersWrite_isShown_andDoesNotRun() throws Exception {
        assertThat(Payloads.ALL).hasSize(40).doesNotHaveDuplicates();
        browser.size(1440, false);
        uploadUnderEachLabel();
        importModelWithLabels();
        assertThat(running.predict("hostile-labels", DrawnDigits.png(7, 2)).get("label"))
                .isIn(Payloads.ALL);

        browser.showAnew("train/hostile");
        browser.awaitText(".view", Payloads.ALL.get(0), Payloads.ALL.get(39));
        sendFiles("input[multiple][accept]", "Label of single pictures");
        browser.awaitText(".view", "40 rejected");
        assertHarmless();

        browser.showAnew("predict/hostile-labels");
        sendFiles(".drop input[multiple]", null);
        browser.awaitText(".outcomes", Payloads.ALL.get(1), Payloads.ALL.get(39));
        assertHarmless();

        for (String view :
                List.of("live", "system", "models/hostile-labels", "models/hostile-labels/1", "drift/hostile-labels")) {
            browser.showAnew(view);
            browser.awaitText("#connection", "live");
            browser.find(".view section");
            assertHarmless();
        }
        browser.showAnew("system");
        browser.awaitText(
                ".load-tests", Payloads.ALL.get(1), Payloads.ALL.get(2), Payloads.ALL.get(3), Payloads.ALL.get(4));
        browser.find(".scaling canvas");
        browser.click("As a table");
        browser.awaitText(".scaling table", Payloads.ALL.get(5));
        assertHarmless();
        List<String> named = List.of("predict", "train", "models", "drift");
        for (int i = 0; i < Payloads.ALL.size(); i++) {
            String name = URLEncoder.encode(Payloads.ALL.get(i), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            browser.show(named.get(i % named.size()) + "/" + name);
        }
        assertHarmless();
    }

    private static void uploadUnderEachLabel() throws Exception {
        for (int i = 0; i < Payloads.ALL.size(); i++) {
            assertThat(running.label("hostile", Payloads.ALL.get(i), DrawnDigits.png(i % 10, 77_000 + i))
                            .get("accepted"))
                    .as(Payloads.ALL.get(i))
                    .isEqualTo(1);
        }
    }

    /** Ten of the classes that a shipped network tells apart are called so. */
    private static void importModelWithLabels() {
        Running.Ended imported = running.run(
                null,
                "model",
                "import",
                Path.of("..", "models", "mnist", "model.onnx").toString(),
                "--name",
                "hostile-labels",
                "--labels",
                String.join(",", Payloads.ALL.subList(0, 10)));
        assertThat(imported.exit()).as(imported.errors()).isZero();
    }

    /** Files that are called so, and are no pictures. */
    private static void sendFiles(String input, @Nullable String labelField) {
        browser.find(input);
        if (labelField != null) {
            browser.field(labelField).sendKeys("a");
        }
        browser.script("""
                const [css, names] = arguments;
                const files = new DataTransfer();
                names.forEach((name) => files.items.add(new File(['no picture'], name, { type: 'image/png' })));
                const input = document.querySelector(css);
                input.files = files.files;
                input.dispatchEvent(new Event('change', { bubbles: true }));
                """, input, Payloads.ALL);
    }

    private static void assertHarmless() {
        assertThat(browser.ran()).isEmpty();
        assertThat(browser.violations()).isEmpty();
        assertThat(
                        browser.<Long>script(
                                "return document.querySelectorAll('main script, main iframe, main [onerror], main [onload]').length"))
                .isZero();
    }
}
