/** {@code ./sandpiper bench engine}: a loop with warm-up and interleaved repetitions, medians, ratios within one run. */
@NullMarked
package io.sandpiper.bench;

import org.jspecify.annotations.NullMarked;
