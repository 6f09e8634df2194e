/** Architectures as data: a JSON file says which layers, and how they like to be trained. */
@NullMarked
package io.sandpiper.training.fit.recipe;

import org.jspecify.annotations.NullMarked;
