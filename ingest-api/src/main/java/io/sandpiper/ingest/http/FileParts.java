/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;

/** The pictures of a form. */
final class FileParts {

    private FileParts() {}

    /** Of its file, or of its field where it has no file. */
    static String name(Part part) {
        return part instanceof FilePart file ? file.filename() : part.name();
    }

    /** Whether the picture itself is at fault. */
    static boolean isRejection(Throwable e) {
        return e instanceof ImageRejectedException || e instanceof DataBufferLimitException;
    }

    /** @param e one that {@link #isRejection} */
    static Reason rejection(Throwable e) {
        return e instanceof ImageRejectedException rejected
                ? new Reason(rejected.code().wireName(), String.valueOf(rejected.getMessage()))
                : new Reason("image-too-large", "The file is larger than a picture may be.");
    }
}
