/** A model as files: a manifest that everything is checked against, and the parts it names. Data, never code. */
@NullMarked
package io.sandpiper.classifier.archive;

import org.jspecify.annotations.NullMarked;
