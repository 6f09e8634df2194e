/** The two lanes, and which goes first. */
@NullMarked
package io.sandpiper.inference.lane;

import org.jspecify.annotations.NullMarked;
