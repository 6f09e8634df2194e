/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.oip;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent.
 *
 * @param id given back
 * @param outputs which are wanted; null or none: all
 */
public record InferRequest(
        @Nullable String id,
        @Nullable List<Input> inputs,
        @Nullable List<Output> outputs) {

    /**
     * A tensor.
     *
     * @param data nested as the shape says, or flat; null when it comes behind the JSON
     */
    public record Input(
            String name,
            String datatype,
            List<Long> shape,
            @Nullable Map<String, Object> parameters,
            @Nullable TensorData data) {

        /** How many bytes of it come behind the JSON; negative when none do. */
        long binaryBytes() {
            Object size = parameters == null ? null : parameters.get("binary_data_size");
            return size instanceof Number number ? number.longValue() : -1;
        }
    }

    public record Output(String name) {}
}
