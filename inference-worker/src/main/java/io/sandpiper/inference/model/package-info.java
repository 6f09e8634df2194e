/** The versions that serve: followed, loaded aside, checked, and swapped between batches. */
@NullMarked
package io.sandpiper.inference.model;

import org.jspecify.annotations.NullMarked;
