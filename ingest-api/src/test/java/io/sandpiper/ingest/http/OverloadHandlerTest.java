/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverloadHandlerTest {

    private static final Duration LIMIT = Duration.ofMillis(100);

    private final EventLoop loop = new DefaultEventLoop();
    private final EventLoopLag lag = new EventLoopLag();
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void connect() {
        channel.config().setAutoRead(false);
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new OverloadHandler(any -> lag.of(loop).compareTo(LIMIT) > 0, refused::incrementAndGet));
    }

    @AfterEach
    void shutDown() {
        end.countDown();
        channel.finishAndReleaseAll();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void pictures_areRefused_whileTheLoopIsBehind_andOnlyThey() {
        assertThat(send("POST", "/v1/predictions?model=mnist", 2)).isEmpty();
        answer();
        getStuck();

        assertThat(send("POST", "/v1/predictions?model=mnist", 2))
                .startsWith("HTTP/1.1 503 Service Unavailable")
                .contains("retry-after: 1")
                .contains("\"code\":\"overloaded\"")
                .doesNotContain("\"error\"");
        assertThat(send("POST", "/v1/bulk?model=mnist", 2)).contains("503");
        assertThat(send("POST", "/v2/models/mnist/infer", 2)).contains("503").contains("\"error\"");
        assertThat(refused).hasValue(3);
        for (String other : new String[] {"/v1/keys", "/v1/models/mnist/training-images?label=7", "/v1/health"}) {
            assertThat(send("POST", other, 2)).isEmpty();
            answer();
        }
        assertThat(send("GET", "/v1/predictions", 0)).isEmpty();
        answer();
        assertThat(send("POST", "/v1/predictions?model=mnist", (1 << 20) + 1))
                .as("too large to be read in passing")
                .isEmpty();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void loopThatHasCaughtUp_letsThemInAgain() {
        getStuck();
        assertThat(send("POST", "/v1/predictions?model=mnist", 2)).contains("503");
        end.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> lag.of(loop).compareTo(LIMIT) < 0);

        assertThat(send("POST", "/v1/predictions?model=mnist", 2)).isEmpty();
    }

    /** Pipelined: answers come in the order of their requests. */
    @Test
    void refusal_doesNotOvertakeAnAnswer() {
        assertThat(send("GET", "/v1/models", 0)).isEmpty();
        getStuck();
        assertThat(send("POST", "/v1/predictions?model=mnist", 2)).isEmpty();
    }

    private void getStuck() {
        assertThat(lag.of(loop)).isLessThan(LIMIT);
        var unused = loop.submit(() -> {
            end.await();
            return null;
        });
        await().atMost(Duration.ofSeconds(10)).until(() -> lag.of(loop).compareTo(LIMIT) > 0);
    }

    /** What is written at once; empty when the request goes on. */
    private String send(String method, String path, int bytes) {
        String request = "%s %s HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n".formatted(method, path, bytes);
        channel.writeInbound(Unpooled.copiedBuffer(request + "x".repeat(bytes), StandardCharsets.US_ASCII));
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            ReferenceCountUtil.release(message);
        }
        return written();
    }

    private void answer() {
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertThat(written()).startsWith("HTTP/1.1 200");
    }

    private String written() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.US_ASCII));
            part.release();
        }
        return text.toString();
    }
}
