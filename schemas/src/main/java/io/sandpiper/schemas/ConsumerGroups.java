/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

/** Groups whose progress others look at. */
public final class ConsumerGroups {

    /** The workers, on {@link Topics#IMAGES}. */
    public static final String INFERENCE = "inference-worker";

    /** The workers, on {@link Topics#IMAGES_BULK}. */
    public static final String INFERENCE_BULK = "inference-worker-bulk";

    /** The share group of workers that share records rather than partitions. */
    public static final String INFERENCE_SHARE = "inference-worker-share";

    /** The same for the bulk lane. */
    public static final String INFERENCE_BULK_SHARE = "inference-worker-bulk-share";

    private ConsumerGroups() {}
}
