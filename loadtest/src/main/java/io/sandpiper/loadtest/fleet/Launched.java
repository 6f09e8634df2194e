/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.fleet;

import io.sandpiper.loadtest.load.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that the load test started, with its output in a file. */
public final class Launched {

    private static final int POLL_MILLIS = 50;
    private static final int STOP_SECONDS = 15;

    private final String name;
    private final Process process;
    private final Path log;

    private Launched(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static Launched start(String name, List<String> command, Map<String, String> environment, Path logs) {
        try {
            Path log = Files.createDirectories(logs).resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new Launched(name, builder.start(), log);
        } catch (IOException e) {
            throw new LoadTestException("Cannot start " + name + ": " + e.getMessage());
        }
    }

    /** Until its output has that text. */
    void await(String text, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!output().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new LoadTestException(
                        "%s did not come up within %d s; see %s".formatted(name, limit.toSeconds(), log));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new LoadTestException("Cannot read " + log + ": " + e.getMessage());
        }
    }

    /** So far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Without a chance to end in order. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** In order; after a while without. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }
}
