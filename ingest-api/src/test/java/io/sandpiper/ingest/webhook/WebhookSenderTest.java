/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.ingest.IngestProperties.Webhooks;
import io.sandpiper.ingest.result.Delivery;
import io.sandpiper.ingest.result.DeliverySender.Outcome;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom it speaks to is seen where a connection would arrive. */
class WebhookSenderTest {

    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket inside;

    @BeforeEach
    void listen() throws IOException {
        inside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::answer);
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        inside.close();
    }

    @Test
    void nameThatLeadsInside_isNotConnectedTo() {
        String host = "localhost:" + inside.getLocalPort();

        assertThat(post(host, false, "https://" + host + "/")).isEqualTo(Outcome.FAILED);
        assertThat(connections).hasValue(0);
    }

    @Test
    void whereTheInsideIsAllowed_itIs() {
        String host = "localhost:" + inside.getLocalPort();

        assertThat(post(host, true, "http://" + host + "/")).isEqualTo(Outcome.DELIVERED);
        assertThat(connections).hasValue(1);
    }

    /** Such a callback came over Kafka: the API refuses it. */
    @Test
    void hostThatIsNotAllowed_isRefused() {
        assertThat(post("example.org", true, "http://localhost:" + inside.getLocalPort() + "/"))
                .isEqualTo(Outcome.REFUSED);
        assertThat(connections).hasValue(0);
    }

    private static Outcome post(String host, boolean allowInternal, String callback) {
        return new WebhookSender(
                        new Webhooks(List.of(host), "a secret of enough bytes", allowInternal), Clock.systemUTC())
                .post(new Delivery(
                        new PredictionCompleted(
                                "id",
                                "mnist",
                                State.PREDICTED,
                                "1",
                                "7",
                                0.9,
                                List.of(),
                                null,
                                Instant.EPOCH,
                                null,
                                Instant.EPOCH,
                                new Source("images", 0, 1),
                                "w",
                                callback,
                                null),
                        callback,
                        0))
                .block();
    }

    private void answer() {
        try {
            while (true) {
                try (Socket socket = inside.accept()) {
                    connections.incrementAndGet();
                    socket.getInputStream().read(new byte[4096]);
                    socket.getOutputStream()
                            .write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // closed
        }
    }
}
