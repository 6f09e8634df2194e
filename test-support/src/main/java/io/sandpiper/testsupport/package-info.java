/** What tests need: pictures that we drew ourselves. */
@NullMarked
package io.sandpiper.testsupport;

import org.jspecify.annotations.NullMarked;
