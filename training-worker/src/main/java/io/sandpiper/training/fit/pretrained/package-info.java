/** Weights from elsewhere into a recipe's network: arrays are taken, nothing else of a file. */
@NullMarked
package io.sandpiper.training.fit.pretrained;

import org.jspecify.annotations.NullMarked;
