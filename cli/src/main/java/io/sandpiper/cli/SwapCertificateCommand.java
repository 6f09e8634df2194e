/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelRetired;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether a promotion cost a picture. */
@Command(
        name = "swap-certificate",
        description =
                "Says what became of the pictures around a promotion, from the topics; the exit code is 1 when one was lost, answered twice, late, failed, or answered by the wrong version.",
        mixinStandardHelpOptions = true)
final class SwapCertificateCommand implements Callable<Integer> {

    private final String brokers;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "That was promoted; its last promotion counts.")
    private String version = "";

    @Option(
            names = "--around",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Before and after the promotion (default: ${DEFAULT-VALUE}).")
    private int around;

    @Option(
            names = "--late",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "After that an answer is late (default: ${DEFAULT-VALUE}).")
    private int late;

    /** @param brokers host:port of Kafka, and more after commas */
    SwapCertificateCommand(String brokers) {
        this.brokers = brokers;
    }

    @Override
    public Integer call() {
        try {
            return certify();
        } catch (KafkaException e) {
            throw new CliException(
                    "Kafka at " + brokers + " cannot be read (SANDPIPER_KAFKA says where it is): " + e.getMessage());
        }
    }

    private int certify() {
        Instant promoted = promoted();
        Instant from = promoted.minusSeconds(around);
        Instant to = promoted.plusSeconds(around);
        SwapCertificate certificate = new SwapCertificate(model, Duration.ofSeconds(late));
        TopicScan.read(
                brokers,
                Topics.WORKER_EVENTS,
                Instant.EPOCH,
                Instant.MAX,
                record -> certificate.swap(Topics.WORKER_EVENTS.value(record)));
        for (var lane : List.of(Topics.IMAGES, Topics.IMAGES_BULK, Topics.images(model))) {
            TopicScan.read(brokers, lane, from, to, record -> {
                ImageSubmitted picture = ImageSubmitted.of(record);
                if (picture.model().equals(model)) {
                    certificate.picture(picture.predictionId(), Instant.ofEpochMilli(record.timestamp()));
                }
            });
        }
        TopicScan.read(brokers, Topics.PREDICTIONS, from, Instant.MAX, record -> {
            PredictionCompleted answer = Topics.PREDICTIONS.value(record);
            if (answer.model().equals(model)) {
                certificate.answer(answer);
            }
        });
        SwapCertificate.Counts counts = certificate.count(from, to);
        print(promoted, counts);
        return counts.isClean() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** When the version came into service for the last time: promoted, or because the one after it was retired. */
    private Instant promoted() {
        List<String> promoted = new ArrayList<>();
        List<Instant> moments = new ArrayList<>();
        TopicScan.read(brokers, Topics.MODEL_EVENTS, Instant.EPOCH, Instant.MAX, record -> {
            ModelEvent event = Topics.MODEL_EVENTS.value(record);
            if (!event.modelVersion().model().equals(model)
                    || !(event instanceof ModelPromoted || event instanceof ModelRetired)) {
                return;
            }
            boolean before = isLast(promoted);
            promoted.remove(event.modelVersion().version());
            if (event instanceof ModelPromoted) {
                promoted.add(event.modelVersion().version());
            }
            if (isLast(promoted) && !before) {
                moments.add(event.at());
            }
        });
        return moments.stream()
                .max(Instant::compareTo)
                .orElseThrow(() -> new CliException("Version " + version + " of " + model + " was never promoted."));
    }

    private boolean isLast(List<String> versions) {
        return !versions.isEmpty() && versions.get(versions.size() - 1).equals(version);
    }

    private void print(Instant promoted, SwapCertificate.Counts counts) {
        PrintWriter out = Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut();
        out.println("%s version %s, promoted at %s; pictures of %d s before and after it"
                .formatted(model, version, promoted, around));
        out.println("%-24s %d".formatted("pictures", counts.pictures()));
        out.println("%-24s %d".formatted("answers", counts.answers()));
        out.println("%-24s %d".formatted("swaps by workers", counts.swaps()));
        out.println("%-24s %d".formatted("lost", counts.lost()));
        out.println("%-24s %d".formatted("duplicated", counts.duplicated()));
        out.println("%-24s %d".formatted("late (over " + late + " s)", counts.late()));
        out.println("%-24s %d".formatted("wrong version", counts.wrongVersion()));
        out.println("%-24s %d".formatted("failed", counts.failed()));
    }
}
