/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.http;

import io.sandpiper.registry.LoadTestsReader;
import io.sandpiper.schemas.LoadTestEvent;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sends the page what load tests measured. */
@RestController
final class LoadTestController {

    private final LoadTestsReader loadTests;

    LoadTestController(LoadTestsReader loadTests) {
        this.loadTests = loadTests;
    }

    /** The newest first; none when their topic was not read yet, or is not there. */
    @GetMapping("/dashboard/load-tests")
    List<LoadTestEvent> newest() {
        return loadTests.current();
    }
}
