/** The API: HTTP in, Kafka out, and the answers. */
@NullMarked
package io.sandpiper.ingest;

import org.jspecify.annotations.NullMarked;
