/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One instance, first without keys, then with them: from the first key on nobody comes in without. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeysIT extends OneStandalone {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String FORGED = "pk_0011223344556677_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static String admin = "";

    @Test
    @Order(1)
    void withoutKeys_thisMachineMayDoEverything_underItsOwnName() throws Exception {
        assertThat(running.get("/v1/models").status()).isEqualTo(200);
        assertThat(statusOf("GET /v1/models HTTP/1.1\r\nHost: sandpiper.attacker.example\r\n\r\n"))
                .isEqualTo(403);
        assertThat(statusOf("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .isEqualTo(200);
    }

    /** They answer for as long as somebody listens. */
    private static final List<String> ENDLESS = List.of("GET /dashboard/live", "GET /v1/predictions/stream");

    @Test
    @Order(2)
    void pageOfAnotherSite_changesNothing() throws Exception {
        for (Map<String, String> headers : List.of(
                Map.of("Sec-Fetch-Site", "cross-site"),
                Map.of("Sec-Fetch-Site", "same-site"),
                Map.of("Origin", "https://attacker.example"),
                Map.of("Origin", "null"))) {
            for (String path : List.of("/v1/models/mnist/training-jobs", "/v1/keys", "/v1/predictions?model=mnist")) {
                HttpRequest.Builder request = running.request(path)
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"));
                headers.forEach(request::header);
                Running.Answer answer = running.call(request);
                assertThat(answer.status()).as("%s %s", path, headers).isEqualTo(403);
                assertThat(answer.get("code")).isEqualTo("cross-site");
            }
        }
        Running.Answer preflight = running.call(running.request("/v1/predictions")
                .header("Origin", "https://attacker.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    @Order(3)
    void apiThatOthersCanReach_doesNotStartWithoutAKey() throws Exception {
        Path log = data.resolve("refused.log");
        Process process = ChildApi.process(running, data, log, Ports.any(), "--server.address=0.0.0.0");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(log).content().contains("Others could reach the API at").contains("SANDPIPER_ADMIN_KEY");
    }

    @Test
    @Order(4)
    void firstKey_isTheAdministrators() {
        Running.Ended predictOnly = running.run(null, "key", "create", "--scope", "predict");
        assertThat(predictOnly.errors()).contains("the first key has the scope ADMIN");

        Running.Ended created = running.run(null, "key", "create", "--scope", "admin", "--holder", "root");
        admin = created.output().strip();
        assertThat(admin).matches("pk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
        awaitStatus(200, "/v1/keys", admin);
        awaitStatus(401, "/v1/keys", null);
    }

    @Test
    @Order(5)
    void everyAddress_asksForItsScope() throws Exception {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String scope : List.of("predict", "label", "train")) {
            keys.put(scope, newKey(scope, scope + "-team"));
        }
        keys.put("admin", admin);
        String revoked = newKey("predict", "gone");
        running.run(admin, "key", "revoke", revoked.substring(3, 19));
        awaitStatus(401, "/v1/models", revoked);

        Map<String, List<String>> routes = new LinkedHashMap<>();
        HttpContract.scopes()
                .forEach((route, scope) -> routes.put(route, List.of(scope.toLowerCase(Locale.ROOT), "admin")));
        assertThat(routes).hasSizeGreaterThan(25);
        routes.put("GET /dashboard/live", List.of("predict", "admin"));
        routes.put("GET /dashboard/trainings/x", List.of("predict", "admin"));
        routes.put("GET /dashboard/load-tests", List.of("predict", "admin"));
        // Those of nobody: what is elsewhere, and what is not.
        for (String path : List.of("/actuator/env", "/actuator/health", "/v1/x", "/nonsense")) {
            routes.put("GET " + path, List.of("admin"));
        }
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, List<String>> route : routes.entrySet()) {
            for (String refused : new String[] {null, FORGED, revoked, admin + "x", "nonsense"}) {
                int status = call(route.getKey(), refused).status();
                if (status != 401) {
                    wrong.add("%s with %s: %d".formatted(route.getKey(), refused, status));
                }
            }
            for (Map.Entry<String, String> key : keys.entrySet()) {
                boolean may = route.getValue().contains(key.getKey());
                if (may && ENDLESS.contains(route.getKey())) {
                    continue;
                }
                int status = call(route.getKey(), key.getValue()).status();
                if (may ? status == 401 || status == 403 : status != 403) {
                    wrong.add("%s with %s: %d".formatted(route.getKey(), key.getKey(), status));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(call("GET /v1/models?key=" + admin, null).status())
                .as("a key in the address")
                .isEqualTo(401);
        assertThat(call("GET /v1/health", null).status()).isEqualTo(200);
    }

    @Test
    @Order(6)
    void predictions_areTheirHoldersAlone() throws Exception {
        String a = newKey("predict", "team-a");
        String b = newKey("predict", "team-b");
        Running.Answer submitted = running.call(running.request("/v1/predictions?model=mnist")
                .header("Authorization", "Bearer " + a)
                .header("Content-Type", "image/png")
                .header("Prefer", "wait=10")
                .POST(HttpRequest.BodyPublishers.ofByteArray(DrawnDigits.png(3, 5))));
        assertThat(submitted.get("label")).isEqualTo("3");
        String path = "/v1/predictions/" + submitted.get("id");

        assertThat(call("GET " + path, a).get("label")).isEqualTo("3");
        assertThat(call("GET " + path, newKey("predict", "team-a")).get("label"))
                .as("another key of the holder")
                .isEqualTo("3");
        Running.Answer never = call("GET /v1/predictions/0199f2d6-5c00-7abc-8def-0123456789ab", b);
        for (String more : List.of("", "/explanation", "/lineage")) {
            Running.Answer foreign = call("GET " + path + more, b);
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.get("detail")).isEqualTo(never.get("detail"));
            assertThat(foreign.get("code")).isEqualTo(never.get("code"));
        }
        assertThat(call("DELETE " + path, b).status()).isEqualTo(404);

        assertThat(call("GET /v1/predictions", a).get("predictions").toString())
                .contains(String.valueOf(submitted.get("id")));
        assertThat(call("GET /v1/predictions", b).get("predictions")).isEqualTo(List.of());
        assertThat(call("GET /v1/predictions", admin).get("predictions").toString())
                .contains(String.valueOf(submitted.get("id")));
    }

    @Test
    @Order(7)
    void stream_isOfOnesOwnPictures() throws Exception {
        String a = newKey("predict", "stream-a");
        String b = newKey("predict", "stream-b");
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        running.request("/v1/predictions/stream")
                                .header("Authorization", "Bearer " + a)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(":watching");
            for (String key : List.of(b, b, a)) {
                call("POST /v1/predictions?model=mnist", key, "image/png", DrawnDigits.png(3, 5));
            }
            String line = lines.readLine();
            while (!line.startsWith("id:")) {
                line = lines.readLine();
            }
            // Whoever watches may hear of an answer a moment before it can be looked up: then it is pending.
            assertThat(call("GET /v1/predictions/" + line.substring(3) + "?wait=10", a)
                            .status())
                    .as("the first event is the third picture's")
                    .isEqualTo(200);
        }
    }

    @Test
    @Order(8)
    void answers_haveTheirHeaders_andKeysAreNowhere() throws Exception {
        for (Running.Answer answer : List.of(
                call("GET /v1/models", admin),
                call("GET /v1/models", null),
                call("GET /v1/nonsense", admin),
                call("GET /v1/health", null))) {
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy"))
                    .isEqualTo("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        }
        String secret = admin.substring(20);
        assertThat(running.records(Topics.API_KEYS))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(new String(record.value(), StandardCharsets.UTF_8))
                        .doesNotContain(secret));
        assertThat(running.run(admin, "key", "list").output()).contains("root").doesNotContain(secret);
    }

    @Test
    @Order(9)
    void browser_keepsItsKey_whereNoScriptReadsIt_andNoOtherSiteUsesIt() throws Exception {
        assertThat(session("POST", "{\"key\":\"" + admin.replace('_', '-') + "\"}", Map.of())
                        .get("code"))
                .isEqualTo("invalid-key");
        Running.Answer signedIn = session("POST", "{\"key\":\"" + admin + "\"}", Map.of());
        assertThat(signedIn.get("holder")).isEqualTo("root");
        assertThat(signedIn.header("Set-Cookie"))
                .contains("sandpiper-key=" + admin, "Path=/", "HTTPOnly", "SameSite=Strict");

        String cookie = "sandpiper-key=" + admin;
        assertThat(session("GET", "", Map.of("Cookie", cookie)).get("signedIn")).isEqualTo(true);
        assertThat(session("GET", "", Map.of()).get("signedIn")).isEqualTo(false);
        Running.Answer ended = session("DELETE", "", Map.of("Cookie", cookie));
        assertThat(ended.status()).isEqualTo(204);
        assertThat(ended.header("Set-Cookie")).contains("sandpiper-key=;", "Max-Age=0");

        Map<String, String> own = Map.of(
                "Cookie",
                cookie,
                "Sec-Fetch-Site",
                "same-origin",
                "Origin",
                "http://" + running.url().getAuthority());
        assertThat(asBrowser("PUT", "/v1/models/mnist", "{}", own).status()).isEqualTo(200);
        for (String missing : List.of("Sec-Fetch-Site", "Origin")) {
            Map<String, String> foreign = new LinkedHashMap<>(own);
            foreign.remove(missing);
            assertThat(asBrowser("PUT", "/v1/models/mnist", "{}", foreign).get("code"))
                    .as(missing)
                    .isEqualTo("cross-site");
        }
    }

    @Test
    @Order(10)
    void aPerson_signsIn_andOut() {
        try (Browser browser = Browser.open(running.url())) {
            browser.show("system");
            browser.field("API key").sendKeys("pk_wrong");
            browser.click("Sign in");
            browser.awaitText(".error", "This is no key, or none that is valid.");

            browser.field("API key").clear();
            browser.field("API key").sendKeys(admin);
            browser.click("Sign in");
            browser.awaitText("#connection", "live");
            browser.awaitText("main", "API keys", "root");
            assertThat(browser.<String>script("return document.cookie")).isEmpty();

            browser.click("Sign out");
            browser.awaitText("main", "Sign in");
            assertThat(browser.violations()).isEmpty();
        }
    }

    private static Running.Answer session(String method, String body, Map<String, String> headers) throws Exception {
        return asBrowser(method, "/v1/session", body, headers);
    }

    private static Running.Answer asBrowser(String method, String path, String body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = running.request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return running.call(request);
    }

    @Test
    @Order(11)
    void apiThatOthersCanReach_adoptsTheKeyThatItIsStartedWith() throws Exception {
        String given = "pk_00112233445566ff_" + "k".repeat(43);
        try (ChildApi api =
                ChildApi.start(running, data, "--server.address=0.0.0.0", "--sandpiper.ingest.admin-key=" + given)) {
            assertThat(api.get("/v1/keys", given)).isEqualTo(200);
            assertThat(api.get("/v1/keys", null)).isEqualTo(401);
        }
    }

    private static String newKey(String scope, String holder) {
        String key = running.run(admin, "key", "create", "--scope", scope, "--holder", holder)
                .output()
                .strip();
        await().atMost(SOON).until(() -> call("GET /v1/nonsense", key).status() != 401);
        return key;
    }

    private static void awaitStatus(int status, String path, @Nullable String key) {
        await().atMost(SOON).until(() -> call("GET " + path, key).status() == status);
    }

    private static Running.Answer call(String route, @Nullable String key) throws Exception {
        return call(route, key, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static Running.Answer call(String route, @Nullable String key, String type, byte[] body) throws Exception {
        String[] parts = route.split(" ");
        HttpRequest.Builder request = running.request(parts[1])
                .method(
                        parts[0],
                        parts[0].equals("POST")
                                ? HttpRequest.BodyPublishers.ofByteArray(body)
                                : HttpRequest.BodyPublishers.noBody())
                .header("Content-Type", type);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return running.call(request);
    }

    private static int statusOf(String request) throws Exception {
        try (Socket socket = new Socket(running.url().getHost(), running.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        }
    }
}
