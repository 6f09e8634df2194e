/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.PathContainer;

/**
 * Refuses pictures while the event loop is behind, before anything else looks at them: that costs a fraction of a
 * request, so that the loop catches up and those that wait in their sockets are told soon. Stands behind the HTTP codec
 * of one connection, and belongs to its event loop.
 */
final class OverloadHandler extends ChannelDuplexHandler {

    /** A body that is read in passing. Senders of more are few, and refused where bodies are read. */
    private static final int SMALL = 1 << 20;

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final byte[] PROBLEM = problem("/v1");
    private static final byte[] INFERENCE_PROBLEM = problem("/v2");

    private final Predicate<EventLoop> isBehind;
    private final Runnable onRefused;

    /** Requests that went on and are not answered yet: the answer to a refused one must not overtake theirs. */
    private int underWay;

    private @Nullable HttpRequest refused;

    /**
     * @param isBehind whether the connection's event loop is
     * @param onRefused counts them
     */
    OverloadHandler(Predicate<EventLoop> isBehind, Runnable onRefused) {
        this.isBehind = isBehind;
        this.onRefused = onRefused;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (underWay == 0 && isBehind.test(context.channel().eventLoop()) && brings(request)) {
                refused = request;
            } else {
                underWay++;
            }
        }
        HttpRequest request = refused;
        if (request == null) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            refused = null;
            onRefused.run();
            answer(context, request);
        }
    }

    /** Nobody else asks for the rest of what goes no further, nor for what comes after it. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (underWay == 0) {
            context.read();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean isInvitation = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof LastHttpContent && !isInvitation) {
            underWay--;
        }
        var unused = context.write(message, promise);
    }

    /** Whether the request brings pictures to be classified, and not too much to be read in passing. */
    private static boolean brings(HttpRequest request) {
        long size = HttpUtil.getContentLength(request, -1L);
        if (!request.decoderResult().isSuccess()
                || size < 0
                || size > SMALL
                || HttpUtil.is100ContinueExpected(request)) {
            return false;
        }
        HttpMethod method = HttpMethod.valueOf(request.method().name());
        return method.equals(HttpMethod.POST)
                && RouteScopes.of(method, PathContainer.parsePath(path(request)))
                        .filter(Scope.PREDICT::equals)
                        .isPresent();
    }

    private static void answer(ChannelHandlerContext context, HttpRequest request) {
        byte[] body = path(request).startsWith("/v2") ? INFERENCE_PROBLEM : PROBLEM;
        ByteBuf content = Unpooled.wrappedBuffer(body);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("X-Content-Type-Options", "nosniff");
        HttpUtil.setKeepAlive(response, HttpUtil.isKeepAlive(request));
        var written = context.writeAndFlush(response);
        if (!HttpUtil.isKeepAlive(request)) {
            var unused = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static String path(HttpRequest request) {
        int query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }

    /** Made once for each kind of client: refusals are many. */
    private static byte[] problem(String path) {
        ProblemDetail problem = ApiException.problem(
                HttpStatus.SERVICE_UNAVAILABLE, "overloaded", "The server is behind with reading. Send it again.");
        ApiException.addForInferenceClients(problem, path);
        return ProblemWriter.json(problem, null);
    }
}
