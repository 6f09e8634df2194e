/** What was answered lately, added up for those who watch over models. */
@NullMarked
package io.sandpiper.inference.observe;

import org.jspecify.annotations.NullMarked;
