/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads what clients send, and stops reading where it becomes too much. */
final class Bodies {

    private Bodies() {}

    /** Empty array for an empty body; a DataBufferLimitException as soon as there is more than the limit. */
    static Mono<byte[]> read(Flux<DataBuffer> body, long maxBytes) {
        return DataBufferUtils.join(body, Math.toIntExact(maxBytes))
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .defaultIfEmpty(new byte[0]);
    }
}
