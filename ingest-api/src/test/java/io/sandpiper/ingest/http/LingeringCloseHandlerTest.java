/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that refuses as soon as it sees the head of a request, and a client that sends its body all the same. */
class LingeringCloseHandlerTest {

    private static final int BODY = 4 << 20;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicReference<@Nullable Channel> connection = new AtomicReference<>();

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void clientThatStillSends_isToldWhy() throws Exception {
        try (Socket client = connect(Duration.ofSeconds(10))) {
            OutputStream out = client.getOutputStream();
            out.write(head());
            await().until(this::isRefused);
            out.write(new byte[BODY]);

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 413");
        }
        await().until(() -> !connection.get().isOpen());
    }

    @Test
    void clientThatNeverEnds_isCutOff() throws Exception {
        try (Socket client = connect(Duration.ofMillis(100))) {
            client.getOutputStream().write(head());

            await().until(() -> connection.get() != null && !connection.get().isOpen());
        }
    }

    /** The answer has been written, and the server has done with the connection. */
    private boolean isRefused() {
        SocketChannel channel = (SocketChannel) connection.get();
        return channel != null && channel.isOutputShutdown();
    }

    private static byte[] head() {
        return "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n"
                .formatted(BODY)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Socket connect(Duration limit) throws IOException {
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new LingeringCloseHandler(limit), refusing());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.localAddress()).getPort());
    }

    private ChannelHandler refusing() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ReferenceCountUtil.release(message);
                if (message instanceof HttpRequest) {
                    connection.set(context.channel());
                    context.writeAndFlush(new DefaultFullHttpResponse(
                                    HttpVersion.HTTP_1_1,
                                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                                    Unpooled.EMPTY_BUFFER))
                            .addListener(ChannelFutureListener.CLOSE);
                }
            }
        };
    }
}
