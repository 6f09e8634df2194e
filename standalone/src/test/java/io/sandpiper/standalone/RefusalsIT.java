/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps standalone from starting is told in one sentence that says what to do. */
class RefusalsIT {

    @TempDir
    private Path folder;

    @Test
    void dataFolderInUse_isRefused() throws Exception {
        try (DataFolder first = DataFolder.open(folder)) {
            assertThat(first.resolve("lock")).exists();
            assertThatThrownBy(() -> Standalone.start(Running.settings(folder)))
                    .isInstanceOf(StandaloneException.class)
                    .hasMessageContaining("already runs on " + folder);
        }
    }

    @Test
    void dataFolderThatCannotBeWritten_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");

        assertThatThrownBy(() -> Standalone.start(Running.settings(file.resolve("data"))))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining("Cannot write to")
                .hasMessageContaining("SANDPIPER_DATA");
    }

    @Test
    void takenPort_isRefused_andTheFolderIsFreeAgain() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment =
                    Map.of("SANDPIPER_DATA", folder.toString(), "SANDPIPER_PORT", String.valueOf(taken.getLocalPort()));

            assertThatThrownBy(() -> Standalone.start(StandaloneSettings.from(environment)))
                    .isInstanceOf(StandaloneException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is taken")
                    .hasMessageContaining("SANDPIPER_PORT");
        }
        DataFolder.open(folder).close();
    }

    @Test
    void settings_haveDefaults_andRefuseNonsense() throws StandaloneException {
        StandaloneSettings settings = StandaloneSettings.from(Map.of());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.workers()).isEqualTo(2);
        assertThat(settings.kafkaPort()).isNull();
        assertThat(settings.data().getFileName()).hasToString(".sandpiper");
        assertThatThrownBy(() -> StandaloneSettings.from(Map.of("SANDPIPER_PORT", "eighty")))
                .hasMessage("SANDPIPER_PORT is 'eighty'; it must be a number from 0 to 65535.");
        assertThatThrownBy(() -> StandaloneSettings.from(Map.of("SANDPIPER_WORKERS", "-1")))
                .hasMessageContaining("from 0 to 64");
    }
}
