/** The inference worker: pictures in, predictions out. Run as many as there are partitions. */
@NullMarked
package io.sandpiper.inference;

import org.jspecify.annotations.NullMarked;
