/** How well a version does on pictures it never saw, and whether it may serve. */
@NullMarked
package io.sandpiper.training.evaluate;

import org.jspecify.annotations.NullMarked;
