/** Answers out. */
@NullMarked
package io.sandpiper.inference.publish;

import org.jspecify.annotations.NullMarked;
