/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a service as a process of its own, on the ground of a running standalone. */
final class ChildService {

    private ChildService() {}

    /**
     * @param application its main class
     * @param data of the standalone
     * @param log where it writes
     */
    static Process start(Running running, Path data, Path log, String application, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                application,
                "--spring.kafka.bootstrap-servers=" + running.standalone.kafka(),
                "--sandpiper.object-store.endpoint=" + running.standalone.s3(),
                "--sandpiper.object-store.access-key=" + EmbeddedObjectStore.ACCESS_KEY,
                "--sandpiper.object-store.secret-key=" + Files.readString(data.resolve("s3-secret-key"))));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
