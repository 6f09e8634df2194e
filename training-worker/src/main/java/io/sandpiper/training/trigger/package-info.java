/** Reasons to train a model again, and what comes of them. */
@NullMarked
package io.sandpiper.training.trigger;

import org.jspecify.annotations.NullMarked;
