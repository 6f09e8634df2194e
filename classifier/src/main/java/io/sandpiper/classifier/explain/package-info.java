/** Which parts of a picture speak for a class. */
@NullMarked
package io.sandpiper.classifier.explain;

import org.jspecify.annotations.NullMarked;
