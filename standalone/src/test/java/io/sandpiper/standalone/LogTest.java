/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {

    private static final String FORGED = "a.png\r\n2026-01-01T00:00:00.000Z ERROR [main] forged\u001b[2J\u0000";

    @TempDir
    Path data;

    @Test
    void whatClientsMakeUp_isNoEventOfItsOwn() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("SANDPIPER_DATA", data.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());

        context.getLogger("test").info("Refused: {}", FORGED);
        context.getLogger("test").error("Failed", new IllegalStateException(FORGED, new RuntimeException(FORGED)));
        context.getLogger("test").info("The end");
        context.stop();

        List<String> lines = Files.readAllLines(data.resolve("log/sandpiper.log"));
        assertThat(lines.stream().filter(line -> !line.startsWith("    | ")))
                .hasSize(3)
                .satisfiesExactly(
                        one -> assertThat(one).contains("Refused: a.png | 2026"),
                        two -> assertThat(two).endsWith("Failed"),
                        three -> assertThat(three).endsWith("The end"));
        assertThat(lines).hasSizeGreaterThan(10).noneMatch(line -> line.matches(".*[\\p{Cntrl}&&[^\t]].*"));
        assertThat(lines).anyMatch(line -> line.contains("LogTest"));
    }
}
