/** What a job trains on: an immutable snapshot of the labelled pictures, split so that no picture changes sides. */
@NullMarked
package io.sandpiper.training.dataset;

import org.jspecify.annotations.NullMarked;
