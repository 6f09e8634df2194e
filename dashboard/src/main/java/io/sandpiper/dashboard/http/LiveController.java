/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.http;

import io.sandpiper.dashboard.DashboardProperties;
import io.sandpiper.dashboard.stream.LiveReader;
import io.sandpiper.dashboard.stream.LiveView;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Sends the page its news as server-sent events. */
@RestController
final class LiveController {

    private final Flux<LiveView> views;

    /** One view is made for all who look, and none while nobody does. A slow browser misses views, it delays none. */
    LiveController(LiveReader live, DashboardProperties properties) {
        this.views = Flux.interval(Duration.ZERO, properties.interval(), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .map(tick -> live.view())
                .replay(1)
                .refCount();
    }

    @GetMapping(path = "/dashboard/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<LiveView> live() {
        return views.onBackpressureLatest();
    }
}
