/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.objectstore;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the object store is.
 *
 * @param endpoint address of an S3 server, with scheme and port
 * @param region what requests are signed for
 * @param bucket holds everything; created when missing
 * @param accessKey name of the credentials
 * @param secretKey secret of the credentials
 */
@ConfigurationProperties("sandpiper.object-store")
public record ObjectStoreProperties(
        URI endpoint,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("sandpiper") String bucket,
        String accessKey,
        String secretKey) {

    public ObjectStoreProperties {
        require(endpoint, "endpoint");
        require(accessKey, "access-key");
        require(secretKey, "secret-key");
    }

    private static void require(Object value, String name) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException("sandpiper.object-store." + name + " is not set");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ObjectStoreProperties[" + endpoint + ", bucket " + bucket + "]";
    }
}
