/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import org.jspecify.annotations.Nullable;

/**
 * One layer, or a block of some, by type; what a type does not use is left out.
 *
 * @param filters output channels of a convolution or a block, outputs of a dense layer
 * @param kernel side of a window; absent: 3 for convolutions, 2 for pools
 * @param stride absent: 1 for convolutions, the kernel's side for pools
 * @param rate share of values that dropout drops
 * @param expansion by how much an inverted residual widens inside
 * @param repeat how many of this block follow each other; all but the first have stride 1
 * @param widthAtLeast the recipe's width does not go below this here
 */
public record LayerSpec(
        Type type,
        @Nullable Integer filters,
        @Nullable Integer kernel,
        @Nullable Integer stride,
        @Nullable Double rate,
        @Nullable Integer expansion,
        @Nullable Integer repeat,
        @Nullable Double widthAtLeast) {

    private static final int EIGHT = 8;

    /** What there is. Convolutions keep the size ("same" padding) unless their stride is more than 1. */
    public enum Type {
        CONVOLUTION,
        BATCH_NORM,
        RELU,
        RELU6,
        MAX_POOL,
        AVERAGE_POOL,
        GLOBAL_AVERAGE_POOL,
        DROPOUT,
        DENSE,
        /** Sandler et al., 2018 (arXiv 1801.04381): widen, convolve each channel alone, narrow, add the input. */
        INVERTED_RESIDUAL
    }

    /** Filters, widened as in MobileNetV2: to a multiple of eight, and never below nine tenths of what was asked for. */
    int widenedFilters(double width) {
        int plain = required("filters", filters);
        double factor = widthAtLeast == null ? width : Math.max(width, widthAtLeast);
        if (factor == 1) {
            return plain;
        }
        double wanted = plain * factor;
        int rounded = Math.max(EIGHT, (int) (wanted + EIGHT / 2.0) / EIGHT * EIGHT);
        return rounded < 0.9 * wanted ? rounded + EIGHT : rounded;
    }

    double requiredRate() {
        return required("rate", rate);
    }

    int kernelOr(int otherwise) {
        return kernel == null ? otherwise : kernel;
    }

    int strideOr(int otherwise) {
        return stride == null ? otherwise : stride;
    }

    int expansionOr(int otherwise) {
        return expansion == null ? otherwise : expansion;
    }

    int repeatOr(int otherwise) {
        return repeat == null ? otherwise : repeat;
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("a layer of type " + type + " needs " + name);
        }
        return value;
    }
}
