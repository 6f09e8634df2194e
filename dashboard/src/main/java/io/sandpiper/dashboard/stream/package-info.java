/** What flows by, counted by Kafka Streams. */
@NullMarked
package io.sandpiper.dashboard.stream;

import org.jspecify.annotations.NullMarked;
