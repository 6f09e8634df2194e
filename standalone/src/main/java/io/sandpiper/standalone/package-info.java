/** All of Sandpiper in one process: the services as they are in the fleet, with a broker and an object store inside. */
@NullMarked
package io.sandpiper.standalone;

import org.jspecify.annotations.NullMarked;
