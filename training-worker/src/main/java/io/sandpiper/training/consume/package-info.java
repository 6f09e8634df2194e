/** What the inference workers tell. */
@NullMarked
package io.sandpiper.training.consume;

import org.jspecify.annotations.NullMarked;
