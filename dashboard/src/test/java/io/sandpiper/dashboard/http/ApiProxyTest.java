/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.dashboard.DashboardProperties;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** In front of a server that says what it was asked. */
class ApiProxyTest {

    private static final String SESSION = "{\"keysRequired\":%s,\"signedIn\":%s,\"scopes\":[%s]}";

    private DisposableServer upstream;
    private DisposableServer dashboard;
    private WebTestClient browser;
    private volatile String session = SESSION.formatted("true", "true", "\"LABEL\",\"PREDICT\"");

    @BeforeEach
    void start() {
        upstream = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                                "/v1/session",
                                (request, response) -> response.header(HttpHeaders.CONTENT_TYPE, "application/json")
                                        .sendString(Mono.fromSupplier(() -> session)))
                        .get(
                                "/v1/events",
                                (request, response) -> response.sse()
                                        .sendString(
                                                Flux.just("data:1\n\n").concatWith(Flux.never()),
                                                java.nio.charset.StandardCharsets.UTF_8))
                        .route(
                                any -> true,
                                (request, response) -> response.status(207)
                                        .header(
                                                "Sandpiper-Echo",
                                                request.requestHeaders().get("Host"))
                                        .header(
                                                "Sandpiper-Cookie",
                                                String.valueOf(
                                                        request.requestHeaders().get("Cookie")))
                                        .sendString(request.receive()
                                                .aggregate()
                                                .asString()
                                                .defaultIfEmpty("")
                                                .map(body -> request.method() + " " + request.uri() + " " + body))))
                .bindNow();
        dashboard = serve(URI.create("http://127.0.0.1:" + upstream.port()));
        browser = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + dashboard.port())
                .build();
    }

    private static DisposableServer serve(URI api) {
        DashboardProperties properties = new DashboardProperties(
                Path.of("x"), api, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1));
        HttpHandler handler = WebHttpHandlerBuilder.webHandler(exchange -> {
                    exchange.getResponse().setStatusCode(HttpStatus.OK);
                    return exchange.getResponse().setComplete();
                })
                .filter(new SessionGuard(properties), new ApiProxy(properties))
                .build();
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    @AfterEach
    void stop() {
        dashboard.disposeNow();
        upstream.disposeNow();
    }

    @Test
    void whatThePageAsks_goesToTheApi_asItIs() {
        browser.post()
                .uri(URI.create("http://127.0.0.1:" + dashboard.port() + "/v1/models/a%2Fb/x?label=%3Cb%3E&n=1"))
                .header(HttpHeaders.HOST, "sandpiper.example")
                .header(HttpHeaders.COOKIE, "sandpiper-key=pk_1")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("a picture")
                .exchange()
                .expectStatus()
                .isEqualTo(207)
                .expectHeader()
                .valueEquals("Sandpiper-Echo", "sandpiper.example")
                .expectHeader()
                .valueEquals("Sandpiper-Cookie", "sandpiper-key=pk_1")
                .expectBody(String.class)
                .isEqualTo("POST /v1/models/a%2Fb/x?label=%3Cb%3E&n=1 a picture");
    }

    @Test
    void events_comeWhenTheyAreSent() {
        assertThat(browser.get()
                        .uri("/v1/events")
                        .exchange()
                        .returnResult(String.class)
                        .getResponseBody()
                        .blockFirst(Duration.ofSeconds(10)))
                .isEqualTo("1");
    }

    @Test
    void anApiThatIsAway_isToldInTheApisWords() {
        DisposableServer lonely = serve(URI.create("http://127.0.0.1:1"));
        WebTestClient visitor = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + lonely.port())
                .build();

        visitor.get()
                .uri("/v1/models")
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.BAD_GATEWAY)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("api-unreachable");
        visitor.get().uri("/dashboard/live").exchange().expectStatus().isEqualTo(HttpStatus.BAD_GATEWAY);
        lonely.disposeNow();
    }

    @Test
    void theStream_isForWhoMayAskForPredictions() {
        assertThat(statusOfLive()).isEqualTo(200);

        session = SESSION.formatted("true", "true", "\"LABEL\"");
        assertThat(statusOfLive()).isEqualTo(401);

        session = SESSION.formatted("true", "false", "");
        assertThat(statusOfLive()).isEqualTo(401);

        session = SESSION.formatted("false", "true", "\"ADMIN\"");
        assertThat(statusOfLive()).as("no keys, and on this machine").isEqualTo(200);
    }

    private int statusOfLive() {
        return browser.get()
                .uri("/dashboard/live")
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }
}
