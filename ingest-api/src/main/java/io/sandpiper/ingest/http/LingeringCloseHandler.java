/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection in two steps while its client still sends (RFC 9112, 9.6): no more is written, and what still
 * comes is thrown away for a moment. A socket that is closed with something unread is reset, and the reset takes the
 * answer with it, which says why. Stands behind the HTTP codec of one connection, and belongs to its event loop.
 */
final class LingeringCloseHandler extends ChannelDuplexHandler {

    private final Duration limit;

    /** Between the head of a request and its end. */
    private boolean inRequest;

    private @Nullable ChannelPromise closing;
    private @Nullable Future<?> end;

    /** @param limit how long a client may go on sending */
    LingeringCloseHandler(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            inRequest = true;
        }
        if (message instanceof LastHttpContent) {
            inRequest = false;
        }
        if (closing == null) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (!inRequest) {
            end(context);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (closing != null || !inRequest || !(context.channel() instanceof DuplexChannel channel)) {
            var unused = context.close(promise);
            return;
        }
        closing = promise;
        end = context.executor().schedule(() -> end(context), limit.toNanos(), TimeUnit.NANOSECONDS);
        var unused = channel.shutdownOutput();
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (closing != null) {
            end(context);
        }
        context.fireChannelInactive();
    }

    private void end(ChannelHandlerContext context) {
        if (end != null && closing != null) {
            end.cancel(false);
            end = null;
            var unused = context.close(closing);
        }
    }
}
