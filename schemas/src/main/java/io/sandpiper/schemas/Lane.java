/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

/**
 * A queue of pictures in front of the workers: a topic, and the groups that read it.
 *
 * @param name {@code interactive}, {@code bulk}, or the model that it is for
 * @param group of workers that share partitions
 * @param shareGroup of workers that share records
 */
public record Lane(String name, Topic<String, byte[]> topic, String group, String shareGroup) {

    /** Single pictures, whose senders wait. */
    public static final Lane INTERACTIVE =
            new Lane("interactive", Topics.IMAGES, "inference-worker", "inference-worker-share");

    /** What came by the thousand. */
    public static final Lane BULK =
            new Lane("bulk", Topics.IMAGES_BULK, "inference-worker-bulk", "inference-worker-bulk-share");

    /** Of a model that is not to wait for others, or not to keep them waiting. */
    static Lane of(String model) {
        return new Lane(model, Topics.images(model), "inference-worker." + model, "inference-worker-share." + model);
    }
}
