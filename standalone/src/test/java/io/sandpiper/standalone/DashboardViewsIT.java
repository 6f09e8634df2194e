/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.testsupport.DrawnDigits;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
        for (int width : List.of(1440, 390, 360)) {
            for (boolean dark : List.of(false, true)) {
                browser.size(width, dark);
                browser.showAnew(view);
                browser.awaitText("#connection", "live");
                browser.find(".view section");
                String name = "%s-%d-%s.png".formatted(view.replace('/', '-'), width, dark ? "dark" : "light");
                browser.screenshot(SCREENSHOTS.resolve(name));

                assertThat(browser.barriers()).as(name).isEmpty();
                assertThat(browser.violations()).as(name).isEmpty();
                assertThat(browser.<Long>script("return document.documentElement.scrollWidth - window.innerWidth"))
                        .as("%s is cut", name)
                        .isNotPositive();
            }
        }
    }
}
