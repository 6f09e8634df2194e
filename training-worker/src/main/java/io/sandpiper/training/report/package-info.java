/** What people are told of a version: numbers, the pictures it takes them from, and what they say in words. */
@NullMarked
package io.sandpiper.training.report;

import org.jspecify.annotations.NullMarked;
