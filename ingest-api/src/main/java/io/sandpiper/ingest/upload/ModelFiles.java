/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.upload;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Networks that were sent in, by way of a temporary file: they may be larger than the heap. */
@Component
public final class ModelFiles {

    private final IngestProperties properties;
    private final ObjectStore store;
    private final Scheduler blockingCalls;

    ModelFiles(IngestProperties properties, ObjectStore store, Scheduler blockingCalls) {
        this.properties = properties;
        this.store = store;
        this.blockingCalls = blockingCalls;
    }

    /** A file that is kept, named by its sha256, until a training worker makes a version of it. */
    public record ModelFile(String sha256, long bytes) {}

    /** @return a DataBufferLimitException when it is larger than a network may be; nothing is kept then */
    public Mono<ModelFile> keep(Flux<DataBuffer> body) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> Files.createTempFile(properties.stateDir(), "model-", ".part"))
                        .subscribeOn(blockingCalls),
                file -> DataBufferUtils.write(limited(body), file)
                        .then(Mono.fromCallable(() -> keep(file)).subscribeOn(blockingCalls)),
                file -> Mono.fromRunnable(() -> delete(file)).subscribeOn(blockingCalls));
    }

    private Flux<DataBuffer> limited(Flux<DataBuffer> body) {
        AtomicLong seen = new AtomicLong();
        return body.doOnNext(buffer -> {
            if (seen.addAndGet(buffer.readableByteCount())
                    > properties.maxModelBytes().toBytes()) {
                DataBufferUtils.release(buffer);
                throw new DataBufferLimitException("more than " + properties.maxModelBytes());
            }
        });
    }

    private ModelFile keep(Path file) throws IOException {
        String sha256 = Sha256.of(file);
        store.put(ObjectKeys.upload(sha256), file, "application/octet-stream");
        return new ModelFile(sha256, Files.size(file));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
