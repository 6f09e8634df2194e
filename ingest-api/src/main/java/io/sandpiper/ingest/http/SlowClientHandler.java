/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.sandpiper.ingest.IngestProperties.Connections;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a client that sends its request a byte now and then, to hold the connection. Stands behind
 * the HTTP codec of one connection, and belongs to its event loop. Only the time counts in which the server waits for
 * the client: an archive whose reader is busy is not slow.
 */
final class SlowClientHandler extends ChannelDuplexHandler {

    private final long headNanos;
    private final long bodyNanos;
    private final long bytesPerSecond;

    private @Nullable Future<?> headLimit;
    private @Nullable Future<?> bodyCheck;
    private boolean inBody;
    private boolean decoded;
    private long bytes;
    private long waited;
    private long waitingSince;
    private boolean waiting;

    SlowClientHandler(Connections limits) {
        this.headNanos = limits.headTimeout().toNanos();
        this.bodyNanos = limits.bodyTimeout().toNanos();
        this.bytesPerSecond = limits.minBodyRate().toBytes();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        decoded = true;
        if (message instanceof HttpRequest) {
            headLimit = cancel(headLimit);
            inBody = true;
            bytes = 0;
            waited = 0;
            waiting = false;
        }
        if (message instanceof HttpContent content) {
            bytes += content.content().readableBytes();
            endWaiting(context);
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
            bodyCheck = cancel(bodyCheck);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (inBody && bodyCheck == null) {
            checkAfter(context, bodyNanos);
        } else if (!inBody && !decoded && headLimit == null) {
            // Bytes have come, and they were no request yet.
            headLimit = context.executor().schedule(() -> close(context), headNanos, TimeUnit.NANOSECONDS);
        }
        decoded = false;
        context.fireChannelReadComplete();
    }

    /** The server asks for more. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (inBody && !waiting) {
            waiting = true;
            waitingSince = context.executor().ticker().nanoTime();
        }
        context.read();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        headLimit = cancel(headLimit);
        bodyCheck = cancel(bodyCheck);
        context.fireChannelInactive();
    }

    private void checkAfter(ChannelHandlerContext context, long nanos) {
        bodyCheck = context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext context) {
        long soFar = waited + (waiting ? context.executor().ticker().nanoTime() - waitingSince : 0);
        long left = bodyNanos + TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond - soFar;
        if (left <= 0) {
            close(context);
        } else {
            checkAfter(context, left);
        }
    }

    private void endWaiting(ChannelHandlerContext context) {
        if (waiting) {
            waited += context.executor().ticker().nanoTime() - waitingSince;
            waiting = false;
        }
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.close();
    }

    private static @Nullable Future<?> cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
        return null;
    }
}
