/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches what is missing of a data set into the cache, one folder for each; what is there is checked. */
public final class Download {

    private static final int ATTEMPTS_IN_VAIN = 3;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Path cache;
    private final Listener listener;
    private final Duration pause;

    public Download(Path cache, Listener listener) {
        this(cache, listener, PAUSE);
    }

    /** @param pause before another attempt */
    Download(Path cache, Listener listener, Duration pause) {
        this.cache = cache.toAbsolutePath().normalize();
        this.listener = listener;
        this.pause = pause;
    }

    /** Hears how it gets on, on the thread that fetches. */
    public interface Listener {

        /** @param total bytes of the whole file; negative when the server does not tell */
        void received(String file, long bytes, long total);

        /** @param line a sentence that people should see */
        void told(String line);
    }

    /**
     * Blocks until everything is there.
     *
     * @return the file; where there are several, the folder they lie in
     * @throws DatasetException when something cannot be fetched; says how to go on without
     */
    public Path fetch(NamedDataset dataset) {
        Path folder = cache.resolve(dataset.name());
        try {
            Files.createDirectories(folder);
            for (DatasetFile file : dataset.files()) {
                fetch(dataset, file, folder);
            }
        } catch (IOException e) {
            throw new DatasetException("Cannot write to " + folder + ": " + e + ". Name another folder with --cache.");
        }
        return dataset.files().size() == 1
                ? folder.resolve(dataset.files().get(0).name())
                : folder;
    }

    private void fetch(NamedDataset dataset, DatasetFile file, Path folder) throws IOException {
        Path target = folder.resolve(file.name());
        if (Files.exists(target)) {
            String fault = file.fault(target);
            if (fault == null) {
                return;
            }
            Files.delete(target);
            listener.told("%s was not the right file: %s. It was deleted.".formatted(target, fault));
        }
        URI url = file.url();
        if (url == null) {
            throw new DatasetException("%s asks for an account at %s. Fetch it there, %s"
                    .formatted(dataset.name(), dataset.origin(), byHand(file, folder)));
        }
        Transfer transfer = new Transfer(file, url, folder, listener);
        transfer(transfer, url, byHand(file, folder));
        String fault = file.fault(transfer.part());
        if (fault != null) {
            transfer.discard();
            throw new DatasetException(
                    "What came from %s is not the right file: %s. It was deleted. Fetch it elsewhere, %s"
                            .formatted(url, fault, byHand(file, folder)));
        }
        transfer.moveTo(target);
    }

    private void transfer(Transfer transfer, URI url, String otherwise) throws IOException {
        int inVain = 0;
        while (true) {
            long before = transfer.bytes();
            IOException broken = attempt(transfer);
            if (broken == null) {
                return;
            }
            inVain = transfer.bytes() > before ? 1 : inVain + 1;
            if (isAway(broken) || inVain == ATTEMPTS_IN_VAIN) {
                throw new DatasetException("Cannot fetch %s (%s: %s). Fetch it elsewhere, %s"
                        .formatted(url, broken.getClass().getSimpleName(), broken.getMessage(), otherwise));
            }
            listener.told("Fetching %s broke off (%s); trying again.".formatted(url, broken.getMessage()));
            pause();
        }
    }

    private static @Nullable IOException attempt(Transfer transfer) {
        try {
            transfer.goOn();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** Where nobody is, nobody will be in two seconds. */
    private static boolean isAway(IOException e) {
        return e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof NoRouteToHostException;
    }

    private static String byHand(DatasetFile file, Path folder) {
        return ("put it into %s under the name %s, and run this again; or import it from where it lies:"
                        + " ./sandpiper data import MODEL PATH")
                .formatted(folder, file.name());
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatasetException("Interrupted.");
        }
    }
}
