/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.function.Supplier;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Tells the client why the disk did not take an object, as that it is full. By itself the server says that it failed. */
final class TellingBlobStore extends ForwardingBlobStore {

    TellingBlobStore(BlobStore store) {
        super(store);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        return told(() -> super.putBlob(request, content));
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        return told(() -> super.copyBlob(request));
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
            MultipartUpload upload, UploadPartRequest request, InputStream content) {
        return told(() -> super.uploadMultipartPart(upload, request, content));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return told(() -> super.completeMultipartUpload(upload, request));
    }

    private static <T> T told(Supplier<T> write) {
        try {
            return write.get();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new S3ProxyException(
                        S3ErrorCode.INTERNAL_ERROR, "The object cannot be written: %s.".formatted(reason(cause)), e);
            }
            throw e;
        }
    }

    /** Without the path, which is nobody's business. */
    private static String reason(IOException e) {
        return String.valueOf(e instanceof FileSystemException failed ? failed.getReason() : e.getMessage());
    }
}
