/** Versions and progress out: artifacts first, manifest next, event last. */
@NullMarked
package io.sandpiper.training.publish;

import org.jspecify.annotations.NullMarked;
