/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.webhook;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import reactor.core.scheduler.Schedulers;

/**
 * Finds addresses of the internet only. The connection goes to the very address that was looked at: a name that leads
 * somewhere else the next time it is asked gains nothing.
 */
final class PublicResolver extends AddressResolverGroup<InetSocketAddress> {

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Names(executor).asAddressResolver();
    }

    private static final class Names extends InetNameResolver {

        Names(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> promise) {
            var unused = Schedulers.boundedElastic().schedule(() -> {
                try {
                    promise.trySuccess(find(name).get(0));
                } catch (UnknownHostException | RuntimeException e) {
                    promise.tryFailure(e);
                }
            });
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
            var unused = Schedulers.boundedElastic().schedule(() -> {
                try {
                    promise.trySuccess(find(name));
                } catch (UnknownHostException | RuntimeException e) {
                    promise.tryFailure(e);
                }
            });
        }

        private static List<InetAddress> find(String name) throws UnknownHostException {
            List<InetAddress> all = Arrays.asList(InetAddress.getAllByName(name));
            if (!all.stream().allMatch(PublicAddresses::isPublic)) {
                throw new UnknownHostException(name + " leads to an address that is not of the internet");
            }
            return all;
        }
    }
}
