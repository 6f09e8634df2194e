/** The model registry: a fold over the model-events log, read the same way by every service. */
@NullMarked
package io.sandpiper.registry;

import org.jspecify.annotations.NullMarked;
