/** Deeplearning4j behind the port: the engine that trains, and the reference for every other. */
@NullMarked
package io.sandpiper.classifier.engine.dl4j;

import org.jspecify.annotations.NullMarked;
