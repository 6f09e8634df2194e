/** What people say of answers, and the pictures that these were given for. */
@NullMarked
package io.sandpiper.ingest.feedback;

import org.jspecify.annotations.NullMarked;
