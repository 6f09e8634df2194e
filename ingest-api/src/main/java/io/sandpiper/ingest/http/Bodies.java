/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.Admission;
import java.io.ByteArrayOutputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads what clients send, and keeps no more of it than the limit. */
final class Bodies {

    private Bodies() {}

    /**
     * Empty array for an empty body. Of one that is too large, as much again is read and thrown away, so that its sender
     * gets to read the refusal; then reading stops.
     *
     * @param memory counts what is kept
     * @return a DataBufferLimitException when the body is larger than the limit
     */
    static Mono<byte[]> read(Flux<DataBuffer> body, long maxBytes, Admission.Memory memory) {
        return body.collect(() -> new Collector(maxBytes, memory), Collector::add)
                .map(Collector::bytes);
    }

    private static final class Collector {

        private final long maxBytes;
        private final Admission.Memory memory;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long seen;

        Collector(long maxBytes, Admission.Memory memory) {
            this.maxBytes = maxBytes;
            this.memory = memory;
        }

        void add(DataBuffer buffer) {
            try {
                seen += buffer.readableByteCount();
                if (seen > 2 * maxBytes) {
                    throw tooLarge();
                }
                if (seen > maxBytes) {
                    bytes.reset();
                    return;
                }
                memory.add(buffer.readableByteCount());
                byte[] part = new byte[buffer.readableByteCount()];
                buffer.read(part);
                bytes.writeBytes(part);
            } finally {
                DataBufferUtils.release(buffer);
            }
        }

        byte[] bytes() {
            if (seen > maxBytes) {
                throw tooLarge();
            }
            return bytes.toByteArray();
        }

        private DataBufferLimitException tooLarge() {
            return new DataBufferLimitException("more than " + maxBytes + " bytes");
        }
    }
}
