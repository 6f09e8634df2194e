/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.ingest.IngestProperties.Webhooks;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackUrlsTest {

    private static final List<String> HOSTS = List.of("hooks.example.org", "*.example.com", "ports.example.org:8443");
    private static final String SECRET = "a secret of enough bytes";

    private final CallbackUrls urls = new CallbackUrls(new Webhooks(HOSTS, SECRET, false));
    private final CallbackUrls anywhere =
            new CallbackUrls(new Webhooks(List.of("127.0.0.1", "2130706433", "10.0.0.1", "[::1]"), SECRET, false));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.org/a?b=c",
                "HTTPS://HOOKS.example.ORG",
                "https://a.b.example.com/",
                "https://ports.example.org:8443/"
            })
    void allowedHosts(String url) {
        assertThat(urls.fault(url)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.org/",
                "https://other.example.org/",
                "https://hooks.example.org.evil.test/",
                "https://evilexample.com/",
                "https://example.com/",
                "https://hooks.example.org:8443/",
                "https://ports.example.org/",
                "https://hooks.example.org@evil.test/",
                "https://user:pw@hooks.example.org/",
                "https://hooks.example.org/#x",
                "https://evil.test#@hooks.example.org/",
                "https://evil.test\\@hooks.example.org/",
                "file:///etc/passwd",
                "gopher://hooks.example.org/",
                "ftp://hooks.example.org/",
                "//hooks.example.org/",
                "hooks.example.org",
                "https:///x",
                "https://hooks.example.org /",
                "",
                "https://hooks.example.org/\r\nX: y"
            })
    void everythingElse_isRefused(String url) {
        assertThat(urls.fault(url)).isNotNull();
    }

    /** Even when somebody allowed it by mistake. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.0.1./",
                "https://10.0.0.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://169.254.169.254/latest/meta-data"
            })
    void addresses_areRefused(String url) {
        assertThat(anywhere.fault(url)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "240.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2001:0:1::1",
                "100::1"
            })
    void insides_areNoPublicAddresses(String address) throws Exception {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "223.255.255.255", "2606:4700::1111"})
    void theInternet_is(String address) throws Exception {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }
}
