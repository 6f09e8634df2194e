/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.testsupport.DrawnDigits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** A person's path through the page: from labelled pictures to a model, to a better one, and back. */
class DashboardIT extends SharedStandalone {

    private static final Duration TRAINED = Duration.ofMinutes(2);

    /** Width of the picture in grey with what speaks for the label over it, in pixels; 0 before it is there. */
    private static final String HEAT_MAP =
            "return document.querySelector('.explained img[alt^=\"The picture in grey\"]')?.naturalWidth ?? 0";

    @TempDir
    static Path files;

    private static Browser browser;

    @BeforeAll
    static void open() {
        browser = Browser.open(running.url());
        browser.size(1440, false);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aPerson_makesAModel_asksIt_makesABetterOne_andGoesBack() throws Exception {
        uploadPictures();
        train("1", "0.000001");
        browser.awaitText(TRAINED, ".view", "page, version 1 serves", "first version for these classes");

        assertThat(predict()).isEqualTo("1");
        browser.click("Why?");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(browser.<Long>script(HEAT_MAP)).isPositive());

        browser.show("train/page");
        train("8", "0.002");
        browser.awaitText(".running figcaption", "Loss");
        browser.awaitText(TRAINED, ".view", "page, version 2 serves");
        assertThat(predict()).isEqualTo("2");

        browser.show("models/page");
        browser.click("Roll back to version 1");
        browser.click("Roll back");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(running.get("/v1/models/page").get("champion"))
                        .isEqualTo("1"));
        assertThat(predict()).isEqualTo("1");
        assertThat(browser.violations()).isEmpty();
    }

    private static void uploadPictures() throws Exception {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (int digit : List.of(0, 1, 7)) {
            for (int i = 0; i < 60; i++) {
                pictures.put("digits/%d/%d.png".formatted(digit, i), DrawnDigits.png(digit, i));
            }
        }
        Path zip = Files.write(files.resolve("digits.zip"), Zips.of(pictures));
        browser.show("train/page");
        browser.field("Pictures, or an archive").sendKeys(zip.toString());
        browser.awaitText(".view", "180 accepted", "180 pictures of 3 classes");
    }

    private static void train(String epochs, String learningRate) {
        fill("Recipe", "mnist-cnn");
        fill("Epochs", epochs);
        fill("Learning rate", learningRate);
        browser.click("Start training");
    }

    private static void fill(String label, String value) {
        WebElement field = browser.field(label);
        field.clear();
        field.sendKeys(value);
    }

    /** @return the version that answered */
    private static String predict() throws Exception {
        Path picture = Files.write(files.resolve("seven.png"), DrawnDigits.png(7, 4711));
        browser.showAnew("predict/page");
        browser.find(".drop input[multiple]").sendKeys(picture.toString());
        browser.awaitText(".result", "page, version");
        return browser.find(".result .facts a").getText().replace("page, version ", "");
    }
}
