/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** {@code ./sandpiper up}: starts everything, says so in one line, and stops in order when it is told to. */
public final class StandaloneApplication {

    /** The one logger that writes to the terminal; all else goes to the log file. */
    private static final Logger CONSOLE = LoggerFactory.getLogger("sandpiper.console");

    private static final Duration STOP_LIMIT = Duration.ofSeconds(9);

    private StandaloneApplication() {}

    public static void main(String[] args) {
        // Four application contexts in one process must not configure logging four times: logback.xml does it once.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Whatever logs with the JDK's own means would write to the terminal.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            StandaloneSettings settings = StandaloneSettings.from(System.getenv());
            Standalone standalone = Standalone.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(standalone), "stop"));
            CONSOLE.info(
                    "Sandpiper is ready: http://localhost:{} after {} s (Kafka {}, S3 {}, data and log in {})",
                    standalone.port(),
                    secondsSinceStart(),
                    standalone.kafka(),
                    standalone.s3(),
                    settings.data());
        } catch (StandaloneException e) {
            CONSOLE.error(String.valueOf(e.getMessage()));
            System.exit(1);
        }
    }

    /** In order, but not for ever: everything that was acknowledged is on disk, so a hard end loses nothing. */
    private static void stop(Standalone standalone) {
        Thread closing = new Thread(standalone::close, "close");
        closing.start();
        try {
            closing.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            CONSOLE.error("Sandpiper did not stop within {} s and is ended.", STOP_LIMIT.toSeconds());
            Runtime.getRuntime().halt(1);
        }
        CONSOLE.info("Sandpiper has stopped.");
    }

    private static String secondsSinceStart() {
        long millis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        return String.format(Locale.ROOT, "%.1f", millis / 1e3);
    }
}
