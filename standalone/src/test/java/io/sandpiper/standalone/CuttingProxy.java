/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server on loopback. When as many bytes as were allowed have gone to the server, every
 * connection is cut, and no other is let through: what a server sees of a client that is killed.
 */
final class CuttingProxy implements AutoCloseable {

    private static final int BUFFER = 8 << 10;

    private final URI server;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private long left;
    private long passed;

    private CuttingProxy(URI server, ServerSocket listening) {
        this.server = server;
        this.listening = listening;
    }

    static CuttingProxy before(URI server) throws IOException {
        CuttingProxy proxy = new CuttingProxy(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        proxy.cutAfter(Long.MAX_VALUE);
        daemon(proxy::accept);
        return proxy;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** From now on; lets connections through again, too. */
    synchronized void cutAfter(long bytes) {
        left = bytes;
        passed = 0;
    }

    synchronized boolean isCut() {
        return left == 0;
    }

    /** Bytes that went to the server since {@link #cutAfter}. */
    synchronized long passed() {
        return passed;
    }

    private synchronized int allowed(int bytes) {
        int now = (int) Math.min(left, bytes);
        left -= now;
        passed += now;
        return now;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (isCut()) {
                    client.close();
                    continue;
                }
                Socket there = new Socket(server.getHost(), server.getPort());
                open.add(client);
                open.add(there);
                daemon(() -> pass(client, there, true));
                daemon(() -> pass(there, client, false));
            } catch (IOException e) {
                cut();
            }
        }
    }

    private void pass(Socket from, Socket to, boolean counted) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, counted ? allowed(read) : read);
                if (isCut()) {
                    cut();
                    return;
                }
            }
        } catch (IOException e) {
            // Closed from the other side, or cut.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void cut() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
