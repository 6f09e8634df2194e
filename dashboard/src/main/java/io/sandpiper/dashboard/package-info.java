/** The dashboard: the stream, seen. */
@NullMarked
package io.sandpiper.dashboard;

import org.jspecify.annotations.NullMarked;
