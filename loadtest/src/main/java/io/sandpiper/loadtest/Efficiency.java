/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest;

import io.sandpiper.loadtest.fleet.BareLoop;
import io.sandpiper.loadtest.fleet.Fleet;
import io.sandpiper.loadtest.load.Generator;
import io.sandpiper.loadtest.load.LoadTestException;
import io.sandpiper.loadtest.load.Outcome;
import io.sandpiper.loadtest.load.Pictures;
import io.sandpiper.loadtest.load.Workload;
import io.sandpiper.schemas.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of what the machine could classify comes out at the end: pictures a second from outside to answer, over
 * pictures a second of decoding and classifying alone, on the same cores, in turns. Generator, broker and all are on them.
 */
final class Efficiency {

    private static final int SIDE = 32;
    private static final int BARE_SECONDS = 8;

    private final Path home;
    private final Path folder;
    private final int rounds;
    private final int seconds;
    private final PrintWriter out;

    /**
     * @param home the project's folder
     * @param folder for data and logs; new
     */
    Efficiency(Path home, Path folder, int rounds, int seconds, PrintWriter out) {
        this.home = home;
        this.folder = folder;
        this.rounds = rounds;
        this.seconds = seconds;
        this.out = out;
    }

    /** One way in: how it is loaded, and what it takes to be warm. */
    private record Way(String name, String workload, int window, int warmUpSeconds) {}

    private record Round(double bare, double imagesPerSecond, double cpuMillisPerImage) {}

    /**
     * @param ratios by way in, medians
     * @param cpuMillisPerImage on the Kafka path, of all processes but the generator, median
     */
    private record Result(
            Map<String, Double> ratios,
            double cpuMillisPerImage,
            Map<String, Double> imagesPerSecond,
            Map<String, List<Round>> rounds,
            String machine) {}

    void measure(Path file) throws IOException, InterruptedException {
        Pictures pictures = Pictures.drawn(SIDE);
        Path jpegs = folder.resolve("pictures");
        pictures.write(jpegs);
        Map<String, List<Round>> all = new LinkedHashMap<>();
        List<Round> kafka;
        try (BareLoop bare = BareLoop.start(home, jpegs, home.resolve("models/cifar10/model.onnx"), BARE_SECONDS)) {
            bare.imagesPerSecond();
            try (Fleet fleet = Fleet.start(home, folder.resolve("kafka"), new Fleet.Options(8, false, Map.of()))) {
                fleet.startWorkers(Runtime.getRuntime().availableProcessors());
                kafka = measure(fleet, bare, pictures, new Way("kafkaPath", "efficiency-kafka", 4_000, 45), all);
            }
            try (Fleet fleet = Fleet.start(home, folder.resolve("http"), new Fleet.Options(8, true, Map.of()))) {
                fleet.startWorkers(Runtime.getRuntime().availableProcessors());
                measure(fleet, bare, pictures, new Way("httpBatch", "efficiency-batch", 2_000, 60), all);
                measure(fleet, bare, pictures, new Way("httpSingle", "efficiency-single", 400, 60), all);
            }
        }
        write(file, kafka, all);
    }

    private List<Round> measure(Fleet fleet, BareLoop bare, Pictures pictures, Way way, Map<String, List<Round>> all)
            throws InterruptedException {
        Workload workload = Workload.load(way.workload());
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round <= this.rounds; round++) {
            double alone = round == 0 ? 0 : bare.imagesPerSecond();
            Generator generator = new Generator(fleet.target(), workload, pictures, (sent, answered) -> {});
            Duration warmUp = Duration.ofSeconds(round == 0 ? way.warmUpSeconds() : 3);
            Duration before = fleet.cpu();
            Outcome outcome = generator.saturate(warmUp, Duration.ofSeconds(round == 0 ? 1 : seconds), way.window());
            if (!outcome.verdict().isClean()) {
                throw new LoadTestException("The ledger of " + way.name() + " does not add up: " + outcome.verdict());
            }
            double cpu = (double) fleet.cpu().minus(before).toMillis()
                    / outcome.verdict().answered();
            if (round > 0) {
                rounds.add(new Round(alone, outcome.imagesPerSecond(), cpu));
                out.printf(
                        "%-11s %d: %6.0f images/s, bare %6.0f, E = %.2f, CPU %.2f ms/image%n",
                        way.name(), round, outcome.imagesPerSecond(), alone, outcome.imagesPerSecond() / alone, cpu);
                out.flush();
            }
        }
        all.put(way.name(), rounds);
        return rounds;
    }

    private void write(Path file, List<Round> kafkaRounds, Map<String, List<Round>> all) throws IOException {
        Map<String, Double> ratios = new LinkedHashMap<>();
        Map<String, Double> rates = new LinkedHashMap<>();
        all.forEach((way, rounds) -> {
            ratios.put(
                    way,
                    round(median(rounds.stream()
                            .map(r -> r.imagesPerSecond() / r.bare())
                            .toList())));
            rates.put(
                    way,
                    round(median(rounds.stream().map(Round::imagesPerSecond).toList())));
        });
        double cpu =
                round(median(kafkaRounds.stream().map(Round::cpuMillisPerImage).toList()));
        Files.write(file, Json.writePretty(new Result(ratios, cpu, rates, all, Machine.describe())));
        out.printf("Medians: %s, CPU on the Kafka path %.2f ms/image; in %s%n", ratios, cpu, file);
        out.flush();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
