/** Writes a DL4J network out as ONNX, layer by layer. */
@NullMarked
package io.sandpiper.classifier.engine.dl4j.export;

import org.jspecify.annotations.NullMarked;
