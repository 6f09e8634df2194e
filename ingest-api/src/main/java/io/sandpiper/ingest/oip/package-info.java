/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The Open Inference Protocol, version 2, with its extension for binary tensors: what clients of Triton, KServe and Seldon
 * speak. Here are its requests and answers; what is done with them is done as for any other picture.
 */
@NullMarked
package io.sandpiper.ingest.oip;

import org.jspecify.annotations.NullMarked;
