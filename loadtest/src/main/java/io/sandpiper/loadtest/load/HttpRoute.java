/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.LoadTestEvent.RouteKind;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the API, a picture each or many in a form, over so many connections as the workload has: each is a user
 * who sends the next when the last was answered. What is due waits for a free one, and its latency counts that.
 */
final class HttpRoute implements Route {

    private static final String BOUNDARY = UUID.randomUUID().toString();
    private static final byte[] END_OF_LINE = {'\r', '\n'};
    private static final int POLL_MILLIS = 20;

    private final Workload workload;
    private final Measurement measurement;
    private final BlockingQueue<List<Shot>> due;
    private final List<Thread> users = new ArrayList<>();
    private volatile boolean closing;

    HttpRoute(Target target, URI api, Workload workload, Measurement measurement) {
        this.workload = workload;
        this.measurement = measurement;
        this.due = new LinkedBlockingQueue<>();
        for (int i = 0; i < workload.connections(); i++) {
            Thread user = new Thread(() -> send(new HttpConnection(api, target.key())), "user-" + i);
            user.setDaemon(true);
            user.start();
            users.add(user);
        }
    }

    /** What the API says of a picture, as far as we read it. */
    private record View(
            @Nullable String id,
            @Nullable String state,
            @Nullable String modelVersion,
            @Nullable String label,
            @Nullable Double probability,
            @Nullable Reason reason) {}

    private record Reason(@Nullable String code) {}

    private record Problem(@Nullable String code) {}

    @Override
    public void send(List<Shot> shots) {
        due.add(shots);
    }

    /** One user's thread. */
    private void send(HttpConnection connection) {
        try (connection) {
            while (true) {
                List<Shot> shots = due.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (shots != null) {
                    send(connection, shots);
                } else if (closing) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpConnection connection, List<Shot> shots) {
        try {
            if (workload.route() == RouteKind.HTTP) {
                String prefer = workload.waitSeconds() > 0 ? "Prefer: wait=" + workload.waitSeconds() + "\r\n" : "";
                read(
                        connection.post(
                                "/v1/predictions?model=" + workload.model(),
                                prefer + "Content-Type: image/jpeg\r\n",
                                shots.get(0).bytes()),
                        shots);
            } else {
                String type = "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n";
                read(connection.post("/v1/predictions/batch?model=" + workload.model(), type, form(shots)), shots);
            }
        } catch (IOException | MalformedMessageException e) {
            measurement.cut(e, shots.size());
        }
    }

    private void read(HttpConnection.Answer answer, List<Shot> shots) {
        if (answer.status() >= 300) {
            Problem problem = Json.read(answer.body(), Problem.class);
            measurement.refused(String.valueOf(problem.code()), shots.size());
        } else if (workload.route() == RouteKind.HTTP) {
            readSingle(Json.read(answer.body(), View.class), answer.status() == 200, shots.get(0));
        } else {
            View[] views = Json.read(answer.body(), View[].class);
            for (int i = 0; i < views.length; i++) {
                readPart(views[i], shots.get(i));
            }
        }
    }

    private void readSingle(View view, boolean isFinal, Shot shot) {
        String id = String.valueOf(view.id());
        if (isFinal && view.state() != null) {
            measurement
                    .ledger()
                    .told(id, State.valueOf(view.state()), view.modelVersion(), view.label(), view.probability());
            measurement.acceptedAndAnswered(id, shot.picture(), shot.intended());
        } else {
            measurement.accepted(id, shot.picture(), shot.intended());
        }
    }

    private void readPart(View view, Shot shot) {
        if (view.id() == null) {
            measurement.refused(
                    String.valueOf(view.reason() == null ? null : view.reason().code()), 1);
        } else {
            measurement.accepted(view.id(), shot.picture(), shot.intended());
        }
    }

    private static byte[] form(List<Shot> shots) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Shot shot : shots) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                            + shot.picture() + ".jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(shot.bytes());
            body.writeBytes(END_OF_LINE);
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    @Override
    public void close() {
        closing = true;
        for (Thread user : users) {
            try {
                user.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
