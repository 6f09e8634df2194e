/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.admission.RefusedException;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Forms are read on the heap, counted as they come, and never through temporary files: Spring Framework 7.0.9 leaves a
 * file, and now and then a buffer of Netty's, behind a client that goes away in the middle.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class FormFilter implements WebFilter {

    private static final ResolvableType PARTS =
            ResolvableType.forClassWithGenerics(MultiValueMap.class, String.class, Part.class);

    private final Admission admission;
    private final long maxBytes;
    private final HttpMessageReader<MultiValueMap<String, Part>> reader;

    FormFilter(Admission admission, IngestProperties properties, ServerCodecConfigurer codecs) {
        this.admission = admission;
        this.maxBytes = Math.min(
                properties.maxFormBytes().toBytes(),
                properties.maxBytesInFlight().toBytes());
        this.reader = reader(codecs);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String type = exchange.getRequest().getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        if (!StringUtils.startsWithIgnoreCase(type, MediaType.MULTIPART_FORM_DATA_VALUE)) {
            return chain.filter(exchange);
        }
        return Mono.using(() -> admission.reserve(0), memory -> chain.filter(new Form(exchange, memory)))
                .onErrorResume(RefusedException.class, e -> ProblemWriter.write(exchange, ApiException.of(e)));
    }

    @SuppressWarnings("unchecked") // the one that says it reads them
    private static HttpMessageReader<MultiValueMap<String, Part>> reader(ServerCodecConfigurer codecs) {
        return codecs.getReaders().stream()
                .filter(reader -> reader.canRead(PARTS, MediaType.MULTIPART_FORM_DATA))
                .map(reader -> (HttpMessageReader<MultiValueMap<String, Part>>) reader)
                .findFirst()
                .orElseThrow();
    }

    private final class Form extends ServerWebExchangeDecorator {

        private final Mono<MultiValueMap<String, Part>> parts;

        Form(ServerWebExchange exchange, Admission.Memory memory) {
            super(exchange);
            ServerHttpRequest request = new ServerHttpRequestDecorator(exchange.getRequest()) {
                @Override
                public Flux<DataBuffer> getBody() {
                    return onHeap(super.getBody(), memory);
                }
            };
            this.parts = reader.readMono(PARTS, request, Map.of())
                    .defaultIfEmpty(new LinkedMultiValueMap<>())
                    .cache();
        }

        @Override
        public Mono<MultiValueMap<String, Part>> getMultipartData() {
            return parts;
        }
    }

    private Flux<DataBuffer> onHeap(Flux<DataBuffer> body, Admission.Memory memory) {
        return Flux.defer(() -> {
            long[] seen = {0};
            return body.map(buffer -> {
                try {
                    seen[0] += buffer.readableByteCount();
                    if (seen[0] > maxBytes) {
                        throw tooLarge();
                    }
                    memory.add(buffer.readableByteCount());
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
                } finally {
                    DataBufferUtils.release(buffer);
                }
            });
        });
    }

    private ApiException tooLarge() {
        return new ApiException(
                HttpStatus.CONTENT_TOO_LARGE,
                "form-too-large",
                "A form may have %d bytes. Send several, or an archive.".formatted(maxBytes));
    }
}
