/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds out about ports on loopback before anything is started on them. */
final class Ports {

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** @throws StandaloneException when somebody else listens there */
    static int require(int port, String variable) throws StandaloneException {
        if (port == 0) {
            return any();
        }
        if (!isFree(port)) {
            throw new StandaloneException(
                    "Port %d is taken. Stop what listens there, or choose another with %s.".formatted(port, variable));
        }
        return port;
    }

    /** The wanted port or an error; when none is wanted, the usual one if it is free, else any. */
    static int choose(@Nullable Integer wanted, int usual, String variable) throws StandaloneException {
        if (wanted != null) {
            return require(wanted, variable);
        }
        return isFree(usual) ? usual : any();
    }

    /** Never the same twice: whoever was given a port may not listen there yet. */
    static int any() {
        try {
            int port;
            do {
                try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    port = socket.getLocalPort();
                }
            } while (!GIVEN.add(port));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
