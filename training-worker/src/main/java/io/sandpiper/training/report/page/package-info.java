/** The report as one page that needs nothing else: no script, no font, nothing from elsewhere. Each figure has a file. */
@NullMarked
package io.sandpiper.training.report.page;

import org.jspecify.annotations.NullMarked;
