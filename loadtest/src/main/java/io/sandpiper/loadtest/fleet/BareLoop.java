/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.fleet;

import io.sandpiper.loadtest.load.LoadTestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Decoding and classifying with nothing around it, in a process that sleeps between two measurements. */
public final class BareLoop implements AutoCloseable {

    private static final String ANSWER = "images/s ";

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    private BareLoop(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param onnx the network */
    public static BareLoop start(Path home, Path pictures, Path onnx, int seconds) {
        Path bench = home.resolve("bench/target");
        String classPath = bench.resolve("bench-0.1.0-SNAPSHOT.jar") + ":" + bench.resolve("lib") + "/*";
        try {
            return new BareLoop(new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-cp",
                            classPath,
                            "io.sandpiper.bench.BareLoop",
                            pictures.toString(),
                            onnx.toString(),
                            String.valueOf(seconds)))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new LoadTestException("Cannot start the bare loop: " + e.getMessage());
        }
    }

    public double imagesPerSecond() {
        try {
            requests.write("\n");
            requests.flush();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(ANSWER)) {
                    return Double.parseDouble(line.substring(ANSWER.length()));
                }
            }
            throw new LoadTestException(
                    "The bare loop ended with " + process.onExit().join().exitValue() + ": is bench built?");
        } catch (IOException e) {
            throw new LoadTestException("The bare loop does not answer: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
