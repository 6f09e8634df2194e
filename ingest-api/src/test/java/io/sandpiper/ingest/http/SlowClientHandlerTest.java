/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import io.sandpiper.ingest.IngestProperties.Connections;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SlowClientHandlerTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void connect() {
        channel.freezeTime();
        channel.config().setAutoRead(false);
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new SlowClientHandler(new Connections(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(20),
                                DataSize.ofBytes(500),
                                Duration.ofSeconds(1))));
    }

    @AfterEach
    void disconnect() {
        channel.finishAndReleaseAll();
    }

    @Test
    void headThatTrickles_isCutOff() {
        for (byte b : "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)) {
            assertThat(channel.isOpen()).isTrue();
            send(String.valueOf((char) b));
            pass(1);
            if (!channel.isOpen()) {
                return;
            }
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void headInTime_isRead_andIdlingAfterwardsIsNotItsMatter() {
        send("GET / HTTP/1.1\r\nHost:");
        pass(9);
        send(" here\r\n\r\n");
        pass(1_000);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void secondHeadThatTrickles_isCutOff() {
        send("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
        pass(60);
        send("G");
        pass(9);
        assertThat(channel.isOpen()).isTrue();
        pass(2);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void bodyThatTrickles_isCutOff() {
        send("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\n");
        for (int second = 0; second < 19; second++) {
            ask();
            pass(1);
            send("x");
        }
        assertThat(channel.isOpen()).isTrue();
        ask();
        pass(3);

        assertThat(channel.isOpen()).isFalse();
    }

    /** A megabyte at 10 kB a second takes as long as it takes. */
    @Test
    void slowBody_aboveTheRate_isRead() {
        send("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 1000000\r\n\r\n");
        for (int second = 0; second < 100; second++) {
            ask();
            pass(1);
            send("x".repeat(10_000));
        }
        pass(1_000);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void serverThatDoesNotAsk_isNotTheClientsFault() {
        send("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\n");
        pass(1_000);

        assertThat(channel.isOpen()).isTrue();
    }

    private void ask() {
        channel.read();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private void send(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            ReferenceCountUtil.release(message);
        }
    }
}
