/** Pictures that came in before, read again. */
@NullMarked
package io.sandpiper.ingest.picture;

import org.jspecify.annotations.NullMarked;
