/** Why an answer is as it is. */
@NullMarked
package io.sandpiper.inference.explain;

import org.jspecify.annotations.NullMarked;
