/** Labelled pictures into the object store. */
@NullMarked
package io.sandpiper.ingest.upload;

import org.jspecify.annotations.NullMarked;
