/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.http;

import io.sandpiper.dashboard.stream.LiveReader;
import io.sandpiper.dashboard.stream.TrainingCurve;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends the page how a training got on before it was looked at. */
@RestController
final class CurveController {

    private final LiveReader live;

    CurveController(LiveReader live) {
        this.live = live;
    }

    /** Without points when nothing is known of that job, or the streams are starting. */
    @GetMapping("/dashboard/trainings/{jobId}")
    Mono<TrainingCurve> find(@PathVariable String jobId) {
        return Mono.fromCallable(() -> live.curve(jobId)).subscribeOn(Schedulers.boundedElastic());
    }
}
