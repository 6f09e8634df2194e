/** Pictures, labelled pictures and commands out to Kafka. */
@NullMarked
package io.sandpiper.ingest.publish;

import org.jspecify.annotations.NullMarked;
