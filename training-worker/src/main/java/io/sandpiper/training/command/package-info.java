/** Commands in: one job at a time, on a thread of its own, so that hours of work never cost the consumer its place. */
@NullMarked
package io.sandpiper.training.command;

import org.jspecify.annotations.NullMarked;
