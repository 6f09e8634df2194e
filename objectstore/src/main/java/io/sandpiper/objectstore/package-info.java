/** Objects in any S3 store. The only module that knows the store's client; keys and buckets are named here. */
@NullMarked
package io.sandpiper.objectstore;

import org.jspecify.annotations.NullMarked;
