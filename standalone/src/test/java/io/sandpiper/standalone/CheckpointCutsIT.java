/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.ObjectStoreConfiguration;
import io.sandpiper.objectstore.ObjectStoreException;
import io.sandpiper.schemas.TrainingProgressed.Checkpoint;
import io.sandpiper.training.checkpoint.Checkpoints;
import io.sandpiper.training.checkpoint.SavedJob;
import io.sandpiper.training.fit.FitState;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A worker that is killed while it keeps a checkpoint, byte by byte, as the object store sees it. */
class CheckpointCutsIT {

    private static final int CUTS_OF_PUT = 40;
    private static final int CUTS_OF_DELETE = 10;
    private static final String SECRET = "secret";

    @TempDir
    private static Path objects;

    private static EmbeddedObjectStore server;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedObjectStore.start(objects, Ports.any(), SECRET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /**
     * Headers make most of the bytes, then weights do. What was told of last is found, whole; and the job goes on from it
     * and leaves nothing lying about.
     */
    @ParameterizedTest
    @ValueSource(ints = {100, 20_000})
    void whereverAWorkerIsKilled_theLastCheckpointThatWasToldOf_isThere(int weights) throws Exception {
        try (CuttingProxy proxy = CuttingProxy.before(server.endpoint());
                ConfigurableApplicationContext killed = worker(proxy.url());
                ConfigurableApplicationContext next = worker(server.endpoint())) {
            Checkpoints dying = killed.getBean(Checkpoints.class);
            Checkpoints living = next.getBean(Checkpoints.class);
            ObjectStore store = next.getBean(ObjectStore.class);
            List<Integer> foundAt = new ArrayList<>();
            for (long bytes : cuts(proxy, dying, living, weights)) {
                String job = "job-%d-%d".formatted(weights, bytes);
                List<Checkpoint> told = new ArrayList<>();
                living.keep(job, saved(1, weights), told::add);

                proxy.cutAfter(bytes);
                assertThatThrownBy(() -> dying.keep(job, saved(2, weights), told::add))
                        .as("cut after %d bytes", bytes)
                        .isInstanceOf(ObjectStoreException.class);
                proxy.cutAfter(Long.MAX_VALUE);

                Checkpoint last = told.get(told.size() - 1);
                assertThat(living.find(last))
                        .as("cut after %d bytes", bytes)
                        .hasValueSatisfying(found -> assertSame(found, saved(last.epoch(), weights)));
                foundAt.add(last.epoch());
                living.keep(job, saved(3, weights), told::add);
                assertThat(store.list(ObjectKeys.checkpoint(job, "")))
                        .extracting(object -> object.key())
                        .containsExactly(told.get(told.size() - 1).objectKey());
            }
            // What is not told does not count, even when it is whole; what is told does, though the one before it is
            // there still.
            assertThat(foundAt.subList(0, CUTS_OF_PUT - 1)).containsOnly(1);
            // The one between them is where the put ends, give or take a byte: two checkpoints are not of one size.
            assertThat(foundAt.subList(CUTS_OF_PUT, foundAt.size())).containsOnly(2);
        }
    }

    /**
     * Evenly over the bytes of the checkpoint, the last one when all of them are sent and the store's answer is not heard;
     * and over what is sent to delete the one before it.
     */
    private static long[] cuts(CuttingProxy proxy, Checkpoints dying, Checkpoints living, int weights) {
        List<Long> written = new ArrayList<>();
        String job = "measured-" + weights;
        living.keep(job, saved(1, weights), told -> true);
        dying.keep(job, saved(2, weights), told -> true);
        proxy.cutAfter(Long.MAX_VALUE);
        dying.keep(job, saved(3, weights), told -> written.add(proxy.passed()));
        long put = written.get(0);
        long deleted = proxy.passed() - put;
        return LongStream.concat(
                        LongStream.rangeClosed(1, CUTS_OF_PUT).map(cut -> put * cut / CUTS_OF_PUT),
                        LongStream.rangeClosed(1, CUTS_OF_DELETE)
                                .map(cut -> put + deleted * cut / (CUTS_OF_DELETE + 1)))
                .toArray();
    }

    /** As much of a training worker as keeps checkpoints. */
    private static ConfigurableApplicationContext worker(URI store) {
        AnnotationConfigApplicationContext worker = new AnnotationConfigApplicationContext();
        worker.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "sandpiper.object-store.endpoint",
                                store,
                                "sandpiper.object-store.access-key",
                                EmbeddedObjectStore.ACCESS_KEY,
                                "sandpiper.object-store.secret-key",
                                SECRET)));
        worker.register(ObjectStoreConfiguration.class, Checkpoints.class);
        worker.refresh();
        return worker;
    }

    private static SavedJob saved(int epoch, int weights) {
        float[] learned = new float[weights];
        Arrays.fill(learned, epoch);
        return new SavedJob(
                new SavedJob.Plan("mnist-cnn", 28, 28, null, null, "scratch", "abc"),
                new FitState(epoch, 7 * epoch, new FitState.Seen(epoch, 0.5, 0, 1), learned, learned, new float[0]));
    }

    private static void assertSame(SavedJob found, SavedJob wanted) {
        assertThat(found.plan()).isEqualTo(wanted.plan());
        assertThat(found.state().epoch()).isEqualTo(wanted.state().epoch());
        assertThat(found.state().steps()).isEqualTo(wanted.state().steps());
        assertThat(found.state().seen()).isEqualTo(wanted.state().seen());
        assertThat(found.state().weights()).isEqualTo(wanted.state().weights());
        assertThat(found.state().optimizer()).isEqualTo(wanted.state().optimizer());
    }
}
