/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.IngestProperties.Connections;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.publisher.Hooks;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.AbortedException;
import reactor.netty.resources.LoopResources;

/** The server below the controllers. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    /** The kernel would take megabytes for whoever does not read, and copy them for nothing. */
    private static final int SEND_BUFFER = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ServerConfiguration.class);

    /** How long a client that was refused may go on sending before its connection is cut. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    /** Neither a client that goes away in the middle of a form nor a second refusal of it is worth twenty lines of the log. */
    ServerConfiguration() {
        Hooks.onErrorDropped(e -> {
            if (e instanceof AbortedException || e instanceof ApiException) {
                LOG.debug("Nobody is left to be told: {}", e.toString());
            } else {
                LOG.error("An error came too late to be told", e);
            }
        });
    }

    /**
     * Connections are accepted on a thread of their own. On the event loops, a loop that is busy accepts 16 of them each
     * time it comes around, and under load some clients waited 20 s to be let in at all.
     */
    @Bean
    ReactorResourceFactory reactorResources(@Value("${spring.reactor.netty.shutdown-quiet-period}") Duration quiet) {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(quiet);
        resources.setLoopResourcesSupplier(
                () -> LoopResources.create("http", 1, LoopResources.DEFAULT_IO_WORKER_COUNT, true));
        return resources;
    }

    /** What connections are held to before a request is one. */
    @Bean
    NettyServerCustomizer connectionLimits(IngestProperties properties, MeterRegistry metrics) {
        Connections limits = properties.connections();
        EventLoopLag lag = new EventLoopLag();
        Counter refused = Counter.builder("sandpiper.ingest.shed")
                .description("Pictures refused because the server was behind with reading")
                .register(metrics);
        return server -> server.childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .doOnChannelInit((observer, channel, remote) -> {
                    String slow = SlowClientHandler.class.getName();
                    String lingering = LingeringCloseHandler.class.getName();
                    channel.pipeline()
                            .addAfter(NettyPipeline.HttpCodec, slow, new SlowClientHandler(limits))
                            .addAfter(slow, lingering, new LingeringCloseHandler(LINGER))
                            .addAfter(
                                    lingering,
                                    OverloadHandler.class.getName(),
                                    new OverloadHandler(
                                            loop -> lag.of(loop).compareTo(limits.maxLag()) > 0, refused::increment));
                });
    }
}
