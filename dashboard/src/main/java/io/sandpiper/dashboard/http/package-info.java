/** The page and its events. */
@NullMarked
package io.sandpiper.dashboard.http;

import org.jspecify.annotations.NullMarked;
