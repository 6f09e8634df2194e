/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.EvaluationCompleted;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.schemas.TrainingProgressed;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Tells of a training worker's job until it has ended. */
final class JobFollower {

    private final ApiClient api;
    private final String model;
    private final ProgressBar progress;

    JobFollower(ApiClient api, String model, ProgressBar progress) {
        this.api = api;
        this.model = model;
        this.progress = progress;
    }

    /** @param last absent until a worker has begun */
    record Job(String jobId, @Nullable TrainingEvent last) {}

    /** @return the exit code */
    int follow(Job started) throws InterruptedException {
        if (await(started) instanceof TrainingCompleted done) {
            tellFitted(done.fitted());
            progress.line("Version %s of %s %s: %s."
                    .formatted(done.version(), model, done.promoted() ? "serves" : "is kept back", done.decision()));
        }
        return CommandLine.ExitCode.OK;
    }

    /**
     * Tells of it until it has ended, and what was found among its pictures.
     *
     * @return its end
     * @throws CliException when it failed, with the reason
     */
    TrainingEvent await(Job started) throws InterruptedException {
        HttpRequest request = api.request("/v1/models/" + model + "/training-jobs/" + started.jobId())
                .build();
        progress.line(
                "Job %s; ./sandpiper model cancel %s %s stops it.".formatted(started.jobId(), model, started.jobId()));
        while (true) {
            Job job = api.find(request, Job.class);
            TrainingEvent last = job == null ? null : job.last();
            if (last instanceof TrainingCompleted done) {
                tell(done.warnings());
                return done;
            }
            if (last instanceof EvaluationCompleted done) {
                tell(done.warnings());
                return done;
            }
            if (last instanceof TrainingFailed failed) {
                throw new CliException("The job failed: " + failed.reason().detail());
            }
            if (last instanceof TrainingProgressed running) {
                tell(running);
            } else {
                progress.show("Waiting", 0, "for a training worker");
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void tell(@Nullable List<String> warnings) {
        if (warnings != null) {
            warnings.forEach(warning -> progress.line("Data set: " + warning));
        }
    }

    private void tell(TrainingProgressed running) {
        switch (running.phase()) {
            case QUEUED -> progress.show("Waiting", 0, "for a training worker");
            case LOADING -> progress.show("Loading", 0, running.step() + " pictures");
            case CHECKING -> progress.show("Checking", 0, running.step() + " pictures");
            case FITTING -> {
                double done = (running.epoch() - 1 + (double) running.step() / Math.max(1, running.steps()))
                        / running.epochs();
                progress.show("Training", done, fitting(running));
            }
            case EVALUATING -> progress.show("Evaluating", 1, "");
            case PUBLISHING -> progress.show("Publishing", 1, "");
        }
    }

    /** Only what nobody expects: that it ended early, or that other weights than the last ones are kept. */
    private void tellFitted(TrainingCompleted.@Nullable Fitted fitted) {
        if (fitted == null) {
            return;
        }
        if (fitted.stopped() != null) {
            progress.line("Fitting ended after epoch %d: %s.".formatted(fitted.epochs(), fitted.stopped()));
        }
        if (fitted.keptEpoch() != fitted.epochs()) {
            progress.line("The weights are those after epoch %d.".formatted(fitted.keptEpoch()));
        }
    }

    private static String fitting(TrainingProgressed running) {
        Double loss = running.loss();
        Double accuracy = running.accuracy();
        Long eta = running.etaMillis();
        return "epoch %d of %d, %s%s%.0f images/s, %d s left"
                .formatted(
                        running.epoch(),
                        running.epochs(),
                        loss == null ? "" : String.format(Locale.ROOT, "loss %.4f, ", loss),
                        accuracy == null ? "" : String.format(Locale.ROOT, "accuracy %.2f %%, ", 100 * accuracy),
                        running.imagesPerSecond(),
                        eta == null ? 0 : eta / 1000);
    }
}
