/** The calls of the API, and how its errors look. */
@NullMarked
package io.sandpiper.ingest.http;

import org.jspecify.annotations.NullMarked;
