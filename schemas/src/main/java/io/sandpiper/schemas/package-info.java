/**
 * What crosses a process border, and nothing else: messages, the topics they travel on, their headers and serdes, and
 * the manifest of a model archive. Every other module may import this one; it imports none of ours.
 */
@NullMarked
package io.sandpiper.schemas;

import org.jspecify.annotations.NullMarked;
