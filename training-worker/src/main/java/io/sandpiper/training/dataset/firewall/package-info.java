/** What is wrong with labelled pictures, looked for before anything is learned from them. */
@NullMarked
package io.sandpiper.training.dataset.firewall;

import org.jspecify.annotations.NullMarked;
