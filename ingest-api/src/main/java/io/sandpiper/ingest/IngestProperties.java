/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest;

import io.sandpiper.classifier.image.ImageLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the API.
 *
 * @param stateDir folder of the result stores; survives a restart, but can be rebuilt from Kafka
 * @param advertised host and port under which the other instances reach this one
 * @param standbyReplicas copies of each answer on other instances
 * @param maxWait longest time a client may wait for an answer in one call
 * @param publishThreads how many pictures are handed to Kafka at once
 * @param maxImageBytes largest picture, encoded
 * @param maxImagePixels largest picture, width times height
 * @param maxImageSide longest side, in pixels
 * @param maxStreams how many may watch answers as they come
 * @param streamEventsPerSecond how many of them each is shown; the others are counted
 * @param trainingImageSide longest side of a labelled picture as it is stored, in pixels
 * @param inlineLimit larger pictures go to the object store, and their record says where
 * @param sweepEvery how often objects are looked for that nobody needs
 * @param imagesPerSecond how many pictures a key may send, where it does not say otherwise; 0: any number
 * @param maxEta how long a picture may have to wait for a worker before more are refused
 * @param maxBacklog how many pictures may wait while no worker answers
 * @param maxBulkBacklog how many pictures of archives may wait before more archives are refused
 * @param maxPublishing how many pictures may be on their way to Kafka at once
 * @param maxExplanations how many explanations may be on their way at once
 * @param maxBytesInFlight what all requests under way may hold in memory
 * @param maxFormBytes largest form, all its pictures together; at most {@code maxBytesInFlight}
 * @param connections how slow a client may be, and how busy the server
 * @param webhooks where answers may be posted to
 * @param inbox pictures that are dropped into the bucket
 * @param bulk what an archive of pictures may be
 * @param bulkReaders how many archives are read at once
 * @param adminKey a first key, {@code pk_ID_SECRET}, for an API that is not on loopback; not set: none
 * @param keyLifetime how long a new key may be used
 * @param modelUpload whether networks may be sent in; off, as whoever may do so decides what every picture is
 * @param maxModelBytes largest network
 */
@ConfigurationProperties("sandpiper.ingest")
public record IngestProperties(
        Path stateDir,
        @DefaultValue("localhost:8080") String advertised,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue("60s") Duration maxWait,
        @DefaultValue("8") int publishThreads,
        @DefaultValue("10MB") DataSize maxImageBytes,
        @DefaultValue("50000000") long maxImagePixels,
        @DefaultValue("16384") int maxImageSide,
        @DefaultValue("1000") int maxStreams,
        @DefaultValue("500") int streamEventsPerSecond,
        @DefaultValue("1024") int trainingImageSide,
        @DefaultValue("256KB") DataSize inlineLimit,
        @DefaultValue("1h") Duration sweepEvery,
        @DefaultValue("0") int imagesPerSecond,
        @DefaultValue("30s") Duration maxEta,
        @DefaultValue("50000") long maxBacklog,
        @DefaultValue("500000") long maxBulkBacklog,
        @DefaultValue("512") int maxPublishing,
        @DefaultValue("64") int maxExplanations,
        @DefaultValue("128MB") DataSize maxBytesInFlight,
        @DefaultValue("64MB") DataSize maxFormBytes,
        @DefaultValue Connections connections,
        @DefaultValue Webhooks webhooks,
        @DefaultValue Inbox inbox,
        @DefaultValue Bulk bulk,
        @DefaultValue("2") int bulkReaders,
        @Nullable String adminKey,
        @DefaultValue("90d") Duration keyLifetime,
        @DefaultValue("false") boolean modelUpload,
        @DefaultValue("500MB") DataSize maxModelBytes) {

    public IngestProperties {
        if (stateDir == null) {
            throw new IllegalArgumentException(
                    "sandpiper.ingest.state-dir is not set: the result stores need a folder");
        }
        if (!advertised.matches("[^:/\\s]+:\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "sandpiper.ingest.advertised is '%s'; it must be host:port, as others reach this instance"
                            .formatted(advertised));
        }
        if (imagesPerSecond < 0 || maxEta.isNegative() || maxBacklog < 1) {
            throw new IllegalArgumentException(
                    "sandpiper.ingest.images-per-second and max-eta must not be negative, max-backlog must be at least 1");
        }
        if (maxBytesInFlight.compareTo(maxImageBytes) < 0) {
            throw new IllegalArgumentException(
                    "sandpiper.ingest.max-bytes-in-flight must have room for one picture of max-image-bytes");
        }
        if (trainingImageSide < 1 || maxStreams < 0 || streamEventsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "sandpiper.ingest.training-image-side and stream-events-per-second must be at least 1, max-streams must not be negative");
        }
        if (maxExplanations < 0) {
            throw new IllegalArgumentException("sandpiper.ingest.max-explanations must not be negative");
        }
        if (sweepEvery.toSeconds() < 1) {
            throw new IllegalArgumentException("sandpiper.ingest.sweep-every must be at least 1s");
        }
        if (standbyReplicas < 0) {
            throw new IllegalArgumentException("sandpiper.ingest.standby-replicas must not be negative");
        }
        if (maxWait.isNegative() || publishThreads < 1 || maxPublishing < 1) {
            throw new IllegalArgumentException(
                    "sandpiper.ingest.max-wait must not be negative, publish-threads and max-publishing must be at least 1");
        }
    }

    /**
     * Limits of the server below everything else.
     *
     * @param headTimeout from the first byte of a request to the end of its head
     * @param bodyTimeout how long the server waits for bytes of a body, in all, before {@code minBodyRate} counts
     * @param minBodyRate each second of waiting beyond that needs as many bytes
     * @param maxLag how far an event loop may be behind before pictures are refused
     */
    public record Connections(
            @DefaultValue("10s") Duration headTimeout,
            @DefaultValue("20s") Duration bodyTimeout,
            @DefaultValue("500B") DataSize minBodyRate,
            @DefaultValue("250ms") Duration maxLag) {

        public Connections {
            if (headTimeout.toMillis() < 1 || bodyTimeout.toMillis() < 1 || maxLag.toMillis() < 1) {
                throw new IllegalArgumentException(
                        "sandpiper.ingest.connections.head-timeout, body-timeout and max-lag must be at least 1ms");
            }
            if (minBodyRate.toBytes() < 1) {
                throw new IllegalArgumentException("sandpiper.ingest.connections.min-body-rate must be at least 1B");
            }
        }
    }

    /**
     * Limits of an archive.
     *
     * @param maxBytes as it comes in
     * @param maxUnpacked of all entries together
     * @param maxRatio how many times as large it may be unpacked
     * @param maxEntries how many
     */
    public record Bulk(
            @DefaultValue("200MB") DataSize maxBytes,
            @DefaultValue("1GB") DataSize maxUnpacked,
            @DefaultValue("100") int maxRatio,
            @DefaultValue("50000") int maxEntries) {}

    /**
     * Pictures that somebody drops into the bucket, under {@code inbox/MODEL/}.
     *
     * @param enabled whether anybody looks
     * @param every how often
     */
    public record Inbox(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("10s") Duration every) {

        public Inbox {
            if (every.toMillis() < 1) {
                throw new IllegalArgumentException("sandpiper.ingest.inbox.every must be at least 1ms");
            }
        }
    }

    /**
     * Posting answers to whoever sent the picture. Off as long as there are no hosts.
     *
     * @param hosts that may be posted to: a name, one with a port, or {@code *.} and a domain
     * @param secret that signs what is posted: {@code whsec_} and base64, or any text of 24 bytes or more
     * @param allowInternal whether they may lie on private addresses, and be spoken to without TLS
     */
    public record Webhooks(
            @DefaultValue List<String> hosts,
            @Nullable String secret,
            @DefaultValue("false") boolean allowInternal) {

        private static final int SHORTEST_SECRET = 24;

        public Webhooks {
            hosts = List.copyOf(hosts);
            if (!hosts.isEmpty() && (secret == null || secret.length() < SHORTEST_SECRET)) {
                throw new IllegalArgumentException(
                        "sandpiper.ingest.webhooks.secret must have %d characters or more: receivers tell by it who posts"
                                .formatted(SHORTEST_SECRET));
            }
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Webhooks" + hosts;
        }
    }

    public ImageLimits imageLimits() {
        return new ImageLimits(maxImageBytes.toBytes(), maxImagePixels, maxImageSide);
    }
}
