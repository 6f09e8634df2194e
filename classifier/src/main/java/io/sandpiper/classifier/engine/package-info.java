/** The port through which pictures are classified, whatever library does it. */
@NullMarked
package io.sandpiper.classifier.engine;

import org.jspecify.annotations.NullMarked;
