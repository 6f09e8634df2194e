/** Answers, from the stores that Kafka Streams keeps; and whoever waits for one. */
@NullMarked
package io.sandpiper.ingest.result;

import org.jspecify.annotations.NullMarked;
