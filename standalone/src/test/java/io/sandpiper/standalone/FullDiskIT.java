/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full while a training runs: that of the object store, a small one that is mounted for the test. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a tmpfs")
@EnabledIfSystemProperty(
        named = "sandpiper.test.nightly",
        matches = "true",
        disabledReason = "needs to mount a disk: -Dsandpiper.test.nightly=true, as root")
class FullDiskIT {

    private static final int DISK_BYTES = 128 << 20;
    /** For the snapshot; a checkpoint or a network is larger. */
    private static final int LEFT_BYTES = 256 << 10;

    @Test
    void trainingThatFindsTheDiskFull_fails_andPicturesAreAnswered_andTheNextSucceeds(
            @TempDir Path data, @TempDir Path pictures) throws Exception {
        Path disk = Files.createDirectories(data.resolve("objects"));
        assumeThat(exit("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", disk.toString()))
                .as("whether this user may mount a disk: the test needs root")
                .isZero();
        try (Running running = Running.on(data)) {
            TrainingJobs jobs = new TrainingJobs(running, "full");
            jobs.begin(pictures, 40);
            Path filler = fill(disk);

            String failing = jobs.request(Map.of("epochs", 3, "batchSize", 16, "recipe", "mnist-cnn"));
            await().atMost(Duration.ofMinutes(1)).until(() -> jobs.ended(failing) != null);

            assertThat(jobs.ended(failing)).isInstanceOfSatisfying(TrainingFailed.class, failed -> {
                assertThat(failed.reason().code()).isEqualTo("out-of-disk");
                assertThat(failed.reason().detail())
                        .contains("No space left on device", "Make some, then train again.");
            });
            assertThat(jobs.versions(failing)).isEmpty();
            assertThat(running.predict("full", DrawnDigits.png(7, 1_000)).get("state"))
                    .isEqualTo("PREDICTED");

            Files.delete(filler);
            String next = jobs.request(Map.of("epochs", 1, "batchSize", 16, "recipe", "mnist-cnn"));
            await().atMost(Duration.ofMinutes(1)).until(() -> jobs.ended(next) != null);
            assertThat(jobs.ended(next)).isInstanceOf(TrainingCompleted.class);
            assertThat(jobs.versions(next)).hasSize(1);
        } finally {
            assertThat(exit("umount", "-l", disk.toString())).isZero();
        }
    }

    private static Path fill(Path disk) throws IOException {
        long free = Files.getFileStore(disk).getUsableSpace();
        return Files.write(disk.resolve("filler"), new byte[(int) (free - LEFT_BYTES)]);
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
