/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

import io.sandpiper.schemas.HmacSha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Prediction ids: UUIDv7 (RFC 9562, section 5.7), so that an id tells its age and ids sort by time. Of the 74 bits
 * left to us 34 are random and 40 are a MAC over the rest, so that we can tell an id we issued from one we did not
 * without remembering any. Thread-safe.
 */
public final class PredictionIds {

    private static final Pattern FORMAT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final long MAC_BITS = 0xff_ffff_ffffL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long LOW_RANDOM_BITS = 0x3f_ffffL;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final HmacSha256 hmac;

    /** @param key shared by all instances of the API */
    public PredictionIds(byte[] key, Clock clock) {
        this.clock = clock;
        this.hmac = new HmacSha256(key);
    }

    /** @param holder on whose behalf: for anybody else it is no id */
    public String next(String holder) {
        long randomBits = random.nextLong();
        long high = (clock.millis() << 16) | 0x7000 | (randomBits & 0xfff);
        long low = VARIANT | ((randomBits >>> 12 & LOW_RANDOM_BITS) << 40);
        return new UUID(high, low | seal(high, low, holder)).toString();
    }

    /** Whether ids of that form sort among ours, whoever made it. */
    public static boolean isOfOurKind(String id) {
        return FORMAT.matcher(id).matches();
    }

    /** When the id was issued; empty when it was never issued to that holder. */
    public Optional<Instant> issuedAt(String id, String holder) {
        if (!FORMAT.matcher(id).matches()) {
            return Optional.empty();
        }
        UUID uuid = UUID.fromString(id);
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        if ((low & MAC_BITS) != seal(high, low & ~MAC_BITS, holder)) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochMilli(high >>> 16));
    }

    private long seal(long high, long low, String holder) {
        byte[] sealed = hmac.of(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array(), holder.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(sealed).getLong() & MAC_BITS;
    }
}
