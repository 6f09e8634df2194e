/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.RefusedException;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An answer that is not the one hoped for: RFC 9457, with a {@code code} that programs may rely on. */
final class ApiException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    ApiException(HttpStatus status, String code, String detail) {
        super(status, problem(status, code, detail), null);
    }

    static ApiException of(RefusedException e) {
        ApiException refusal = new ApiException(
                e.isQuota() ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE,
                e.code(),
                String.valueOf(e.getMessage()));
        refusal.getHeaders()
                .set(HttpHeaders.RETRY_AFTER, String.valueOf(e.retryAfter().toSeconds()));
        return refusal;
    }

    /** An answer, not a fault: where it was thrown is of no interest, and costs most when it is thrown most. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** Trouble that passes. */
    static ApiException unavailable(String code, String detail, Duration retryAfter) {
        ApiException unavailable = new ApiException(HttpStatus.SERVICE_UNAVAILABLE, code, detail);
        unavailable.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()));
        return unavailable;
    }

    /** Clients of the Open Inference Protocol look for that field. */
    static void addForInferenceClients(ProblemDetail problem, String path) {
        if (path.startsWith("/v2")) {
            problem.setProperty("error", problem.getDetail());
        }
    }

    static ProblemDetail problem(HttpStatus status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:sandpiper:problem:" + code));
        problem.setProperty("code", code);
        return problem;
    }
}
