/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.webhook;

import io.sandpiper.ingest.IngestProperties.Webhooks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which addresses answers may be posted to. */
public final class CallbackUrls {

    private static final int MAX_LENGTH = 2048;
    /** Everything that some resolver somewhere takes for an address: 127.0.0.1, 2130706433, 0x7f.1, 0177.0.0.1. */
    private static final Pattern NUMBER = Pattern.compile("(?i)(0x[0-9a-f]*|\\d+)");

    private final Webhooks settings;

    public CallbackUrls(Webhooks settings) {
        this.settings = settings;
    }

    /** Why answers are not posted there; null when they may be. */
    public @Nullable String fault(String callback) {
        URI url;
        try {
            url = new URI(callback);
        } catch (URISyntaxException e) {
            return "It is no URL.";
        }
        if (callback.length() > MAX_LENGTH) {
            return "It is longer than %d characters.".formatted(MAX_LENGTH);
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && settings.allowInternal())) {
            return "It must begin with https://.";
        }
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return "It must name a host, and neither a user nor a fragment.";
        }
        if (!settings.allowInternal() && isAddress(host)) {
            return "It must name a host, not an address.";
        }
        String wanted = url.getPort() < 0 ? host : host + ":" + url.getPort();
        boolean allowed = settings.hosts().stream().anyMatch(pattern -> matches(pattern, wanted));
        return allowed ? null : "Its host is not among those that answers may be posted to.";
    }

    /** @param pattern a host, one with a port, or {@code *.} and a domain */
    private static boolean matches(String pattern, String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return pattern.startsWith("*.")
                ? lower.endsWith(pattern.substring(1).toLowerCase(Locale.ROOT))
                : lower.equals(pattern.toLowerCase(Locale.ROOT));
    }

    /** No domain ends in a number, and no name has a colon. */
    private static boolean isAddress(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.contains(":")
                || NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches();
    }
}
