/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.report;

import io.sandpiper.schemas.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How the fleet scales, as a page, as data and as pictures.
 *
 * @param machine what it was measured on
 * @param classifier what the workers classified with, in a sentence
 */
public record SweepReport(String machine, String classifier, List<Case> cases) {

    private static final String HEAD = """
            # How the fleet scales

            %s

            Machine: %s. Generator and fleet share its cores. Throughput is what gets through at most; latency is at half of
            that, from the time at which a picture was to be sent.

            | mode | partitions | workers | images/s | CPU ms/image | failures | speed-up S(n) | S(n)/min(n, cores) | p50 ms | p95 ms | p99 ms |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;

    public SweepReport {
        cases = List.copyOf(cases);
    }

    /** Writes {@code report.md}, {@code report.json} and the pictures. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("report.json"), Json.writePretty(this));
        Charts.write(cases, folder);
        StringBuilder page = new StringBuilder(HEAD.formatted(classifier, machine));
        cases.forEach(c -> page.append(row(c)));
        page.append("\n![throughput](throughput.png)\n![latency](latency.png)\n");
        Files.writeString(folder.resolve("report.md"), page, StandardCharsets.UTF_8);
    }

    public static String row(Case c) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.0f | %.2f | %d | %.2f | %.2f | %.1f | %.1f | %.1f |%n",
                c.mode(),
                c.partitions(),
                c.workers(),
                c.imagesPerSecond(),
                c.cpuMillisPerImage(),
                c.failures(),
                c.speedUp(),
                c.ofCores(),
                c.p50(),
                c.p95(),
                c.p99());
    }
}
