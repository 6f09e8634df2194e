/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import io.sandpiper.loadtest.load.Route.Shot;
import io.sandpiper.schemas.LoadTestEvent.RouteKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a workload to a target and reads all answers. Blocks the thread that calls it, which is the one that keeps the
 * schedule; made for one run.
 */
public final class Generator {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Target target;
    private final Workload workload;
    private final Pictures pictures;
    private final Progress progress;
    private final Measurement measurement = new Measurement();
    private final List<Shot> form = new ArrayList<>();
    private long sent;
    private long reported = System.nanoTime();

    /** Called about once a second. */
    @FunctionalInterface
    public interface Progress {
        void at(long sent, long answered);
    }

    public Generator(Target target, Workload workload, Pictures pictures, Progress progress) {
        this.target = target;
        this.workload = workload;
        this.pictures = pictures;
        this.progress = progress;
    }

    /** For whoever looks while it runs. */
    public Measurement measurement() {
        return measurement;
    }

    /** Each picture at its intended time, however long the answers take. */
    public Outcome run() throws InterruptedException {
        long latest = 0;
        long started;
        AnswerReader answers = AnswerReader.start(target.brokers(), measurement);
        try {
            try (Route route = route()) {
                started = System.nanoTime();
                Schedule schedule = new Schedule(workload);
                while (schedule.hasNext()) {
                    long intended = started + schedule.next();
                    sleepUntil(intended);
                    latest = Math.max(latest, System.nanoTime() - intended);
                    shoot(route, intended);
                }
                flush(route);
            }
            awaitAnswers();
        } finally {
            answers.close();
        }
        double seconds = Math.max(workload.seconds(), (measurement.lastAnswerNanos() - started) / 1e9);
        return Outcome.of(measurement, sent, seconds, measurement.counted(), latest / 1e6);
    }

    /**
     * As many as get through: so many are kept under way that somebody always has work.
     *
     * @param window how many may wait for their answer
     */
    public Outcome saturate(Duration warmUp, Duration time, int window) throws InterruptedException {
        double seconds;
        long counted;
        AnswerReader answers = AnswerReader.start(target.brokers(), measurement);
        try {
            try (Route route = route()) {
                keepFull(route, warmUp, window);
                measurement.startCounting();
                long from = System.nanoTime();
                keepFull(route, time, window);
                counted = measurement.counted();
                seconds = (System.nanoTime() - from) / 1e9;
                flush(route);
            }
            awaitAnswers();
        } finally {
            answers.close();
        }
        return Outcome.of(measurement, sent, seconds, counted, 0);
    }

    private void keepFull(Route route, Duration time, int window) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (sent - measurement.ended() < window) {
                shoot(route, System.nanoTime());
            } else {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            report();
        }
    }

    private Route route() {
        if (workload.route() == RouteKind.KAFKA) {
            return new KafkaRoute(target.brokers(), workload, measurement);
        }
        if (target.api() == null) {
            throw new LoadTestException("The workload goes over HTTP, and there is no API.");
        }
        return new HttpRoute(target, target.api(), workload, measurement);
    }

    private void shoot(Route route, long intended) {
        int picture = (int) (sent++ % pictures.count());
        form.add(new Shot(picture, pictures.get(picture), intended));
        if (workload.route() != RouteKind.BATCH || form.size() == workload.batch()) {
            flush(route);
        }
    }

    private void flush(Route route) {
        if (!form.isEmpty()) {
            route.send(List.copyOf(form));
            form.clear();
        }
    }

    private void sleepUntil(long nanos) throws InterruptedException {
        report();
        long left = nanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = nanos - System.nanoTime();
        }
    }

    /** Gives up when nothing has come for a while: what is missing then is lost. */
    private void awaitAnswers() throws InterruptedException {
        long began = System.nanoTime();
        while (measurement.ended() < sent
                && System.nanoTime() - Math.max(began, measurement.lastAnswerNanos()) < PATIENCE_NANOS) {
            TimeUnit.NANOSECONDS.sleep(LOOK_NANOS);
            report();
        }
    }

    private void report() {
        long now = System.nanoTime();
        if (now - reported >= REPORT_NANOS) {
            reported = now;
            progress.at(sent, measurement.ledger().answeredSoFar());
        }
    }
}
