/** Whether what versions are given is still what they were judged on. */
@NullMarked
package io.sandpiper.training.drift;

import org.jspecify.annotations.NullMarked;
