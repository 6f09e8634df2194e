/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A standalone that all tests of a class share, on a data folder of its own. Classes run one after the other. */
abstract class OneStandalone {

    @TempDir
    static Path data;

    static Running running;

    @BeforeAll
    static void start() throws StandaloneException {
        running = Running.on(data);
    }

    @AfterAll
    static void stop() {
        running.close();
    }
}
