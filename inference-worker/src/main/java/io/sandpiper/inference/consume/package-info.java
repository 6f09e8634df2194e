/** Pictures in: a batch from the poll, answered in one transaction with its offsets. */
@NullMarked
package io.sandpiper.inference.consume;

import org.jspecify.annotations.NullMarked;
