/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Tells the addresses of the internet from those of anybody's inside (IANA's special-purpose registries, RFC 6890). */
final class PublicAddresses {

    private static final List<Block> SPECIAL = List.of(
            block("0.0.0.0", 8),
            block("10.0.0.0", 8),
            block("100.64.0.0", 10),
            block("127.0.0.0", 8),
            block("169.254.0.0", 16),
            block("172.16.0.0", 12),
            block("192.0.0.0", 24),
            block("192.0.2.0", 24),
            block("192.88.99.0", 24),
            block("192.168.0.0", 16),
            block("198.18.0.0", 15),
            block("198.51.100.0", 24),
            block("203.0.113.0", 24),
            block("224.0.0.0", 3),
            // Tunnels and benchmarks inside of 2000::/3: what they lead to cannot be told.
            block("2001::", 23),
            block("2001:db8::", 32),
            block("2002::", 16),
            block("3fff::", 20));

    private static final Block GLOBAL_UNICAST = block("2000::", 3);

    private PublicAddresses() {}

    private record Block(List<Byte> prefix, int bits) {

        boolean contains(byte[] address) {
            if (address.length != prefix.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (prefix.get(bit / 8) & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return SPECIAL.stream().noneMatch(block -> block.contains(bytes))
                && (address instanceof Inet4Address || GLOBAL_UNICAST.contains(bytes));
    }

    private static Block block(String prefix, int bits) {
        try {
            byte[] bytes = InetAddress.getByName(prefix).getAddress();
            List<Byte> list = new java.util.ArrayList<>(bytes.length);
            for (byte b : bytes) {
                list.add(b);
            }
            return new Block(List.copyOf(list), bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(prefix, e);
        }
    }
}
