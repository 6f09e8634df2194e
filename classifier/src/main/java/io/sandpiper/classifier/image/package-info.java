/** From a stranger's bytes to pixels of the shape a network wants. Safe for hostile input; needs no network library. */
@NullMarked
package io.sandpiper.classifier.image;

import org.jspecify.annotations.NullMarked;
