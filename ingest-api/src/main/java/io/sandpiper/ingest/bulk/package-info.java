/** Archives of pictures, read as they come in: never whole in memory, never on disk, and no name is ever a path. */
@NullMarked
package io.sandpiper.ingest.bulk;

import org.jspecify.annotations.NullMarked;
