/** The command line: an outside client of the API, like any other. */
@NullMarked
package io.sandpiper.cli;

import org.jspecify.annotations.NullMarked;
