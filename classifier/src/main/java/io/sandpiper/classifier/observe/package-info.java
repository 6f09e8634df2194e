/** What classifiers make of pictures, added up. */
@NullMarked
package io.sandpiper.classifier.observe;

import org.jspecify.annotations.NullMarked;
