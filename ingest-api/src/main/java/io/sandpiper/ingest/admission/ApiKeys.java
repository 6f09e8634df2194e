/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.sandpiper.schemas.ApiKeyChanged;
import io.sandpiper.schemas.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the form {@code pk_ID_SECRET}. Only a keyed hash of the secret is kept, in the topic {@code api-keys}; what was
 * told once cannot be told again. Thread-safe, and never blocks.
 */
public final class ApiKeys {

    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORMAT = Pattern.compile("pk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
    private static final String NO_HASH = "0".repeat(64);

    private final Supplier<Map<String, ApiKeyChanged>> log;
    private final SecureRandom random = new SecureRandom();
    private final HmacSha256 hmac;

    /**
     * @param log every key there ever was, by id
     * @param pepper shared by all instances, and not kept where the hashes are
     */
    ApiKeys(Supplier<Map<String, ApiKeyChanged>> log, byte[] pepper) {
        this.log = log;
        this.hmac = new HmacSha256(pepper);
    }

    /** @param key to be told once, and never kept */
    public record NewKey(String key, ApiKeyChanged changed) {}

    /** Not valid before it is published. */
    public NewKey create(
            String holder,
            Set<ApiKeyChanged.Scope> scopes,
            @Nullable Integer imagesPerSecond,
            Instant now,
            Duration lifetime) {
        String id = HexFormat.of().formatHex(randomBytes(ID_BYTES));
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(SECRET_BYTES));
        return new NewKey(
                "pk_" + id + "_" + secret,
                new ApiKeyChanged(id, holder, hash(secret), scopes, imagesPerSecond, now, now.plus(lifetime), null));
    }

    /** A key that was chosen elsewhere; empty when it has not the form of one. */
    public Optional<ApiKeyChanged> adopt(
            String key, String holder, Set<ApiKeyChanged.Scope> scopes, Instant now, Duration lifetime) {
        Matcher parts = FORMAT.matcher(key);
        return parts.matches()
                ? Optional.of(new ApiKeyChanged(
                        parts.group(1), holder, hash(parts.group(2)), scopes, null, now, now.plus(lifetime), null))
                : Optional.empty();
    }

    /** Empty for a key that is unknown, wrong, expired or revoked; which of these takes the same time to tell. */
    public Optional<Holder> authenticate(String presented, Instant now) {
        Matcher parts = FORMAT.matcher(presented);
        if (!parts.matches()) {
            return Optional.empty();
        }
        ApiKeyChanged known = log.get().get(parts.group(1));
        String expected = known == null ? NO_HASH : known.secretHash();
        boolean right = MessageDigest.isEqual(ascii(expected), ascii(hash(parts.group(2))));
        return right && known != null && known.isValid(now)
                ? Optional.of(new Holder(known.holder(), known.keyId(), known.scopes(), known.imagesPerSecond()))
                : Optional.empty();
    }

    /** Whether any key was ever made. From then on nobody comes in without one, even if all have expired. */
    public boolean areConfigured() {
        return !log.get().isEmpty();
    }

    public Collection<ApiKeyChanged> all() {
        return log.get().values();
    }

    public Optional<ApiKeyChanged> find(String keyId) {
        return Optional.ofNullable(log.get().get(keyId));
    }

    private String hash(String secret) {
        return HexFormat.of().formatHex(hmac.of(ascii(secret)));
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
