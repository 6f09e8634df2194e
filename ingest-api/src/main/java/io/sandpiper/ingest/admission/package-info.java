/** Who may come in, how much of it, and what happens when it is too much. */
@NullMarked
package io.sandpiper.ingest.admission;

import org.jspecify.annotations.NullMarked;
