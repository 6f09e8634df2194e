/** DL4J layers whose training passes are written anew where DL4J's own take most of a step; same results, held to it. */
@NullMarked
package io.sandpiper.training.fit.layer;

import org.jspecify.annotations.NullMarked;
