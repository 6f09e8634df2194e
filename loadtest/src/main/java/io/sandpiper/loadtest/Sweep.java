/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest;

import io.sandpiper.loadtest.fleet.Fleet;
import io.sandpiper.loadtest.load.Generator;
import io.sandpiper.loadtest.load.Ledger;
import io.sandpiper.loadtest.load.LoadTestException;
import io.sandpiper.loadtest.load.Outcome;
import io.sandpiper.loadtest.load.Pictures;
import io.sandpiper.loadtest.load.Workload;
import io.sandpiper.loadtest.report.Case;
import io.sandpiper.loadtest.report.SweepReport;
import io.sandpiper.schemas.BoundedText;
import io.sandpiper.schemas.LoadSweepMeasured;
import io.sandpiper.schemas.LoadTestEvent;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures fleets of so many partitions and so many workers, each worker a process, in both modes. */
final class Sweep {

    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int LEAST_WINDOW = 500;

    private final Path home;
    private final Path folder;
    private final Plan plan;
    private final PrintWriter out;
    private final Consumer<LoadTestEvent> told;
    private final Workload workload;
    private final Pictures pictures;
    private final List<Case> cases = new ArrayList<>();

    /**
     * @param modes partition, share, or both
     * @param standInMillis what takes the network's place waits so long for a batch; null: the network
     * @param batch pictures in a worker's batch at most
     * @param warmUp before each measurement
     */
    record Plan(
            List<String> modes,
            List<Integer> partitions,
            List<Integer> workers,
            String model,
            @Nullable Integer standInMillis,
            int batch,
            Duration warmUp) {

        int cases() {
            return modes.size() * partitions.size() * workers.size();
        }
    }

    /**
     * @param home the project's folder
     * @param folder for data and logs; new
     * @param told what was measured so far, whenever it is more
     */
    Sweep(Path home, Path folder, Plan plan, PrintWriter out, Consumer<LoadTestEvent> told) {
        this.home = home;
        this.folder = folder;
        this.plan = plan;
        this.out = out;
        this.told = told;
        this.workload = Workload.load("efficiency-kafka").of(plan.model());
        this.pictures = Pictures.drawn(workload.side());
    }

    void measure(Path report) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        Instant startedAt = Instant.now();
        for (String mode : plan.modes()) {
            for (int partitions : plan.partitions()) {
                measure(mode, partitions);
                // What was measured so far is not lost when the next fleet does not come up.
                new SweepReport(Machine.describe(), classifier(), cases).write(report);
                told.accept(measured(id, startedAt));
            }
        }
        out.println("Report: " + report.resolve("report.md"));
        out.flush();
    }

    private LoadSweepMeasured measured(String id, Instant startedAt) {
        return new LoadSweepMeasured(
                id,
                startedAt,
                Instant.now(),
                BoundedText.of(plan.model()),
                workload.side(),
                workload.route(),
                plan.batch(),
                plan.standInMillis(),
                BoundedText.of(Machine.describe()),
                cases.stream().map(Case::message).toList());
    }

    private String classifier() {
        return plan.standInMillis() == null
                ? "Model %s, batches of up to %d.".formatted(plan.model(), plan.batch())
                : "**A stand-in** takes the network's place and waits %d ms for each batch of up to %d, as for an accelerator elsewhere: this shows how the fleet scales, and not how fast it classifies."
                        .formatted(plan.standInMillis(), plan.batch());
    }

    private void measure(String mode, int partitions) throws InterruptedException {
        Map<String, String> settings = new HashMap<>();
        settings.put("SANDPIPER_CONSUMPTION", mode);
        settings.put("SPRING_KAFKA_CONSUMER_MAX_POLL_RECORDS", String.valueOf(plan.batch()));
        if (plan.standInMillis() != null) {
            settings.put("SANDPIPER_INFERENCE_STANDINDELAY", plan.standInMillis() + "ms");
        }
        try (Fleet fleet = Fleet.start(
                home, folder.resolve(mode + "-" + partitions), new Fleet.Options(partitions, false, settings))) {
            double alone = 0;
            int started = 0;
            for (int workers : plan.workers()) {
                fleet.startWorkers(workers - started);
                started = workers;
                Case one = measure(fleet, mode, partitions, workers, alone);
                alone = alone == 0 ? one.imagesPerSecond() : alone;
                cases.add(one);
                out.print(SweepReport.row(one));
                out.flush();
            }
        }
    }

    private Case measure(Fleet fleet, String mode, int partitions, int workers, double alone)
            throws InterruptedException {
        Duration before = fleet.cpu();
        int window = Math.max(LEAST_WINDOW, 4 * plan.batch() * workers);
        Outcome full = new Generator(fleet.target(), workload, pictures, (sent, answered) -> {})
                .saturate(plan.warmUp(), TIME, window);
        double cpu = (double) fleet.cpu().minus(before).toMillis()
                / Math.max(1, full.verdict().answered());
        double rate = full.imagesPerSecond();
        if (rate == 0) {
            throw new LoadTestException("Nothing was answered; see the logs in " + folder);
        }
        Outcome half = new Generator(
                        fleet.target(), workload.steady(TIME, Math.max(1, rate / 2)), pictures, (sent, answered) -> {})
                .run();
        Outcome.Latency latency = half.latency();
        if (latency == null) {
            throw new LoadTestException("Nothing was answered at half of the throughput; see the logs in " + folder);
        }
        double speedUp = alone == 0 ? 1 : rate / alone;
        int cores = Math.min(workers, Runtime.getRuntime().availableProcessors());
        return new Case(
                mode,
                partitions,
                workers,
                rate,
                cpu,
                failures(full.verdict()) + failures(half.verdict()),
                speedUp,
                speedUp / cores,
                latency.p50(),
                latency.p95(),
                latency.p99());
    }

    private static long failures(Ledger.Verdict verdict) {
        return verdict.lost().size()
                + verdict.doubled().size()
                + verdict.invented().size()
                + verdict.changed().size()
                + verdict.states().getOrDefault(State.FAILED, 0L);
    }
}
