/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.FileSystemUtils;

/**
 * One standalone for all classes that leave it as they found it: to start one takes longer than most of them. What the
 * others left in its topics is there, so tests look for what is theirs. Ends when a class needs one of its own.
 */
abstract class SharedStandalone {

    private static final String TRACES_TO = "management.opentelemetry.tracing.export.otlp.endpoint";
    private static final String TRACES_EVERY = "management.opentelemetry.tracing.export.schedule-delay";

    private static @Nullable Running shared;

    private static @Nullable Path folder;

    private static @Nullable TraceCollector collector;

    static Running running;

    /** Of the last classes that ran, when none came that needed its own. */
    @RegisterExtension
    static final BeforeAllCallback ENDING =
            context -> context.getRoot().getStore(Namespace.GLOBAL).put(SharedStandalone.class, (AutoCloseable)
                    SharedStandalone::end);

    @BeforeAll
    static void join() throws StandaloneException, IOException {
        if (shared == null) {
            folder = Files.createTempDirectory("shared-standalone");
            collector = TraceCollector.start();
            System.setProperty(TRACES_TO, collector.endpoint());
            System.setProperty(TRACES_EVERY, "500ms");
            shared = Running.on(folder);
        }
        running = shared;
    }

    static TraceCollector collector() {
        return Objects.requireNonNull(collector);
    }

    /** What lies in the object store, as files. */
    static Path objects() {
        return Objects.requireNonNull(folder).resolve("objects").resolve("sandpiper");
    }

    /** Does nothing when there is none. Until then, workers that a test starts anew send their traces to the collector, too. */
    static void end() {
        if (shared == null) {
            return;
        }
        try {
            shared.close();
            collector().close();
        } finally {
            System.clearProperty(TRACES_TO);
            System.clearProperty(TRACES_EVERY);
            shared = null;
            FileSystemUtils.deleteRecursively(folder.toFile());
        }
    }
}
