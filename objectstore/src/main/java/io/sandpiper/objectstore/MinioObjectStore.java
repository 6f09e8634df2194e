/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.objectstore;

import io.minio.BucketExistsArgs;
import io.minio.CopyObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.SourceObject;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** Any S3 server, through the MinIO client. Creates its bucket on first use. */
final class MinioObjectStore implements ObjectStore, AutoCloseable {

    private static final Map<String, String> ONLY_IF_ABSENT = Map.of("If-None-Match", "*");
    /** 412 when the key is taken, 409 when another writer is at it this moment. */
    private static final Set<String> TAKEN = Set.of("PreconditionFailed", "ConditionalRequestConflict");

    private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchBucket");

    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectTimeout(5, TimeUnit.SECONDS)
            .readTimeout(30, TimeUnit.SECONDS)
            .writeTimeout(30, TimeUnit.SECONDS)
            .connectionPool(new ConnectionPool(8, 1, TimeUnit.MINUTES))
            .build();
    private final MinioClient client;
    private final String bucket;
    private volatile boolean bucketExists;

    MinioObjectStore(ObjectStoreProperties properties) {
        this.bucket = properties.bucket();
        this.client = MinioClient.builder()
                .endpoint(properties.endpoint().toString())
                .region(properties.region())
                .credentials(properties.accessKey(), properties.secretKey())
                .httpClient(http)
                .build();
    }

    @Override
    public void put(String key, byte[] content, String contentType) {
        ensureBucket();
        try {
            client.putObject(putArgs(key, content, contentType, Map.of()));
        } catch (MinioException | IllegalStateException e) {
            throw failed("write", key, e);
        }
    }

    @Override
    public void put(String key, Path file, String contentType) {
        ensureBucket();
        try {
            client.uploadObject(UploadObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .filename(file.toString())
                    .contentType(contentType)
                    .build());
        } catch (MinioException | IllegalStateException e) {
            throw failed("write", key, e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            client.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket).object(key).build());
        } catch (MinioException | IllegalStateException e) {
            throw failed("delete", key, e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content, String contentType) {
        ensureBucket();
        try {
            client.putObject(putArgs(key, content, contentType, ONLY_IF_ABSENT));
            return true;
        } catch (ErrorResponseException e) {
            if (TAKEN.contains(e.errorResponse().code())) {
                return false;
            }
            throw failed("write", key, e);
        } catch (MinioException | IllegalStateException e) {
            throw failed("write", key, e);
        }
    }

    @Override
    public Optional<byte[]> get(String key, long maxBytes) {
        int limit = Math.toIntExact(Math.min(maxBytes, Integer.MAX_VALUE - 16));
        try (GetObjectResponse object = client.getObject(
                GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            byte[] content = object.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new ObjectStoreException("object " + key + " is larger than " + maxBytes + " bytes", null);
            }
            return Optional.of(content);
        } catch (ErrorResponseException e) {
            if (MISSING.contains(e.errorResponse().code())) {
                return Optional.empty();
            }
            throw failed("read", key, e);
        } catch (MinioException | IllegalStateException | IOException e) {
            throw failed("read", key, e);
        }
    }

    @Override
    public void copy(String from, String to) {
        try {
            client.copyObject(CopyObjectArgs.builder()
                    .bucket(bucket)
                    .object(to)
                    .source(SourceObject.builder().bucket(bucket).object(from).build())
                    .build());
        } catch (MinioException | IllegalStateException e) {
            throw failed("copy", from, e);
        }
    }

    @Override
    public Stream<StoredObject> list(String prefix) {
        ensureBucket();
        Iterator<Result<Item>> items = client.listObjects(ListObjectsArgs.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .recursive(true)
                        .build())
                .iterator();
        return Stream.generate(() -> next(prefix, items))
                .takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow);
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private PutObjectArgs putArgs(String key, byte[] content, String contentType, Map<String, String> headers) {
        return PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .data(content, content.length)
                .contentType(contentType)
                .extraHeaders(headers)
                .build();
    }

    /** Two services may find it missing at once: then one of them is told that it exists, which is as good. */
    private void ensureBucket() {
        if (bucketExists) {
            return;
        }
        try {
            if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            }
            bucketExists = true;
        } catch (ErrorResponseException e) {
            if (!e.errorResponse().code().startsWith("BucketAlready")) {
                throw failed("create the bucket for", bucket, e);
            }
            bucketExists = true;
        } catch (MinioException | IllegalStateException e) {
            throw failed("reach the bucket for", bucket, e);
        }
    }

    private static Optional<StoredObject> next(String prefix, Iterator<Result<Item>> items) {
        try {
            if (!items.hasNext()) {
                return Optional.empty();
            }
            Item item = items.next().get();
            return Optional.of(new StoredObject(
                    item.objectName(),
                    item.etag(),
                    item.size(),
                    item.lastModified().toInstant()));
        } catch (MinioException | IllegalStateException e) {
            throw failed("list", prefix, e);
        }
    }

    /** The client wraps what it has no exception of its own for, as that nobody listens, in an IllegalStateException. */
    private static ObjectStoreException failed(String verb, String key, Exception told) {
        Throwable cause = told instanceof IllegalStateException && told.getCause() != null ? told.getCause() : told;
        return new ObjectStoreException("cannot " + verb + " " + key + ": " + cause.getMessage(), cause);
    }
}
