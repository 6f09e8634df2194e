/** Looks after versions that have just begun to serve, and takes them out again when they do worse than the one before. */
@NullMarked
package io.sandpiper.training.watch;

import org.jspecify.annotations.NullMarked;
