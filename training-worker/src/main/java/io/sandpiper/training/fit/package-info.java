/** Fitting a Deeplearning4j network to pictures. */
@NullMarked
package io.sandpiper.training.fit;

import org.jspecify.annotations.NullMarked;
