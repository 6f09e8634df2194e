/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.cli.data.PictureGroup;
import io.sandpiper.cli.data.PictureSink;
import io.sandpiper.cli.data.PictureSource;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Uploads labelled pictures as training images of a model, those of one group in one call. What is refused is told of by
 * name and does not touch the others. Belongs to one thread.
 */
final class PictureUpload implements PictureSink {

    private static final int FILES_A_CALL = 500;
    private static final long BYTES_A_CALL = 16 << 20;
    private static final int CLASSES_SHOWN = 20;

    private final ApiClient api;
    private final String path;
    private final ProgressBar progress;
    private final long total;

    private final Map<PictureGroup, Batch> waiting = new LinkedHashMap<>();
    private long waitingBytes;

    private final Map<String, Long> accepted = new TreeMap<>();
    private long sent;
    private long duplicates;
    private long relabelled;
    private long refused;

    private PictureUpload(ApiClient api, String model, ProgressBar progress, long total) {
        this.api = api;
        this.path = "/v1/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8) + "/training-images";
        this.progress = progress;
        this.total = total;
    }

    private record FileOutcome(String file, @Nullable Reason reason) {}

    private record Upload(long accepted, long duplicates, long relabelled, long rejected, List<FileOutcome> files) {}

    /** What waits to be sent in one call. */
    private static final class Batch {
        private final Multipart body = new Multipart();
        private int files;
        private long bytes;
    }

    /**
     * Uploads what was chosen, and tells what became of it.
     *
     * @return whether there is a picture that the model has now, or had before
     */
    static boolean run(ApiClient api, String model, ProgressBar progress, PictureSource pictures, BitSet chosen) {
        PictureUpload upload = new PictureUpload(api, model, progress, chosen.cardinality());
        pictures.read(chosen, upload);
        while (!upload.waiting.isEmpty()) {
            upload.send(upload.waiting.keySet().iterator().next());
        }
        progress.line(upload.summary());
        return upload.taken() + upload.duplicates + upload.relabelled > 0;
    }

    /** A picture that is larger than a call should be goes in a call of its own. */
    @Override
    public void picture(PictureGroup group, String name, byte[] image) {
        while (waitingBytes > 0 && waitingBytes + image.length > BYTES_A_CALL) {
            send(largest());
        }
        Batch batch = waiting.computeIfAbsent(group, g -> new Batch());
        batch.body.add("file", name, image);
        batch.files++;
        batch.bytes += image.length;
        waitingBytes += image.length;
        if (batch.files == FILES_A_CALL) {
            send(group);
        }
    }

    @Override
    public void skipped(String name, String reason) {
        refused++;
        progress.line("Skipped %s: %s".formatted(name.replaceAll("\\p{Cntrl}", "_"), reason));
    }

    private PictureGroup largest() {
        return Collections.max(waiting.entrySet(), Comparator.comparingLong(e -> e.getValue().bytes))
                .getKey();
    }

    private void send(PictureGroup group) {
        Batch batch = waiting.remove(group);
        if (batch == null) {
            return;
        }
        waitingBytes -= batch.bytes;
        String query = "?label=" + URLEncoder.encode(group.label(), StandardCharsets.UTF_8)
                + (group.split() == null ? "" : "&split=" + group.split());
        Upload upload = api.call(
                api.request(path + query)
                        .header("Content-Type", batch.body.contentType())
                        .POST(batch.body.publisher())
                        .build(),
                Upload.class);
        for (FileOutcome file : upload.files()) {
            Reason reason = file.reason();
            if (reason != null) {
                progress.line("Refused %s, labelled %s: %s".formatted(file.file(), group.label(), reason.detail()));
            }
        }
        sent += batch.files;
        accepted.merge(group.label(), upload.accepted(), Long::sum);
        duplicates += upload.duplicates();
        relabelled += upload.relabelled();
        refused += upload.rejected();
        progress.showNowAndThen("Uploading", (double) sent / total, sent + " of " + total + " pictures");
    }

    private long taken() {
        return accepted.values().stream().mapToLong(Long::longValue).sum();
    }

    private String summary() {
        String classes = accepted.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .limit(CLASSES_SHOWN)
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining(", "));
        long more = accepted.values().stream().filter(n -> n > 0).count() - CLASSES_SHOWN;
        return "Accepted %d pictures%s. Known already: %d; with a new label or side: %d; refused: %d."
                .formatted(
                        taken(),
                        classes.isEmpty() ? "" : " (" + classes + (more > 0 ? ", and " + more + " classes more)" : ")"),
                        duplicates,
                        relabelled,
                        refused);
    }
}
