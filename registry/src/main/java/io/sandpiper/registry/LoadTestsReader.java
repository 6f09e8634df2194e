/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.LoadTestEvent;
import io.sandpiper.schemas.Topics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What load tests measured lately, as {@code load-tests} tells it; the newest first. */
public final class LoadTestsReader extends LogView<List<LoadTestEvent>, LoadTestEvent> {

    private static final int KEPT = 50;

    /** @param kafka client configuration, at least {@code bootstrap.servers} */
    public LoadTestsReader(Map<String, Object> kafka) {
        super(kafka, Topics.LOAD_TESTS, List.of(), LoadTestsReader::with);
    }

    /** The last that is said of a test counts, whole. */
    static List<LoadTestEvent> with(List<LoadTestEvent> tests, LoadTestEvent said) {
        return Stream.concat(
                        Stream.of(said),
                        tests.stream().filter(test -> !test.id().equals(said.id())))
                .sorted(Comparator.comparing(LoadTestEvent::endedAt).reversed())
                .limit(KEPT)
                .toList();
    }
}
