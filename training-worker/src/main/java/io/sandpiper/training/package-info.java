/** The training worker: labelled pictures in, model versions out. */
@NullMarked
package io.sandpiper.training;

import org.jspecify.annotations.NullMarked;
