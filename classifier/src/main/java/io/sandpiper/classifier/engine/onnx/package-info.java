/** ONNX Runtime behind the port: the engine that serves. */
@NullMarked
package io.sandpiper.classifier.engine.onnx;

import org.jspecify.annotations.NullMarked;
