/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A contender in a process of its own, for what cannot be in one with the others: OpenMP takes its number of threads, and
 * DL4J its helpers, once for the whole process. It waits for a line, runs once, and answers with a line.
 */
final class Child implements Contender {

    static final String ANSWER = "images/s ";

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    private Child(Process process) {
        this.process = process;
        this.requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param ompThreads for OpenMP; null leaves it to OpenMP, which takes all cores */
    static Child start(String contender, @Nullable String ompThreads, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.add("-Xmx2g");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName(), contender));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("OMP_NUM_THREADS");
        if (ompThreads != null) {
            builder.environment().put("OMP_NUM_THREADS", ompThreads);
        }
        return new Child(builder.start());
    }

    public static void main(String[] args) throws Exception {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Subject subject = new Subject();
        Contender contender = switch (args[0]) {
            case "train" -> Training.ours(subject);
            case "train-dl4j" -> Training.dl4j(subject);
            case "infer-dl4j" -> new Serving(subject).dl4j(32);
            case "train-pytorch" -> PyTorch.training(subject);
            default -> throw new IllegalArgumentException(args[0]);
        };
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (requests.readLine() != null) {
            answers.println(ANSWER + contender.imagesPerSecond());
        }
    }

    @Override
    public double imagesPerSecond() throws IOException {
        requests.write("\n");
        requests.flush();
        while (true) {
            String line = Objects.requireNonNull(answers.readLine(), "the contender's process ended; see it by hand");
            if (line.startsWith(ANSWER)) {
                return Double.parseDouble(line.substring(ANSWER.length()));
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
