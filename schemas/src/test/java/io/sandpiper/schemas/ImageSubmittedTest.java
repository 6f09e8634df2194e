/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSubmittedTest {

    private static final byte[] PICTURE = {1, 2, 3};
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

    @Test
    void record_carriesThePictureAndCloudEventsHeaders() {
        ProducerRecord<byte[], byte[]> sent =
                new ImageSubmitted("id-1", "mnist", "image/png", NOW, PICTURE).toRecord("/test");

        assertThat(sent.topic()).isEqualTo("images");
        assertThat(sent.value()).isEqualTo(PICTURE);
        assertThat(sent.headers())
                .extracting(h -> h.key() + "=" + new String(h.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        "ce_specversion=1.0",
                        "ce_id=id-1",
                        "ce_type=io.sandpiper.ImageSubmitted.v1",
                        "ce_source=/test",
                        "ce_time=2026-11-20T12:00:00.123Z",
                        "content-type=image/png",
                        "ce_model=mnist");
    }

    @Test
    void record_isReadBack() {
        ImageSubmitted read = ImageSubmitted.of(
                received(new ImageSubmitted("id-1", "mnist", "image/png", NOW, PICTURE).toRecord("/test")));

        assertThat(read.predictionId()).isEqualTo("id-1");
        assertThat(read.model()).isEqualTo("mnist");
        assertThat(read.contentType()).isEqualTo("image/png");
        assertThat(read.submittedAt()).isEqualTo(NOW);
        assertThat(read.image()).isEqualTo(PICTURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "0001-01-01T00:00:00Z",
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void record_fromAForeignClient_needsOnlyKeyAndModel(String time) {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>("images", bytes("any"), PICTURE);
        sent.headers()
                .add("ce_model", bytes("mnist"))
                .add("ce_time", bytes(time))
                .add("ce_deadline", bytes(time));

        ImageSubmitted read = ImageSubmitted.of(received(sent));

        assertThat(read.predictionId()).isEqualTo("any");
        assertThat(read.submittedAt()).isEqualTo(Instant.ofEpochMilli(1_000));
        assertThat(read.deadline()).isNull();
    }

    @Test
    void record_withoutModelOrKey_isMalformed() {
        ProducerRecord<byte[], byte[]> noModel = new ProducerRecord<>("images", bytes("id"), PICTURE);
        ProducerRecord<byte[], byte[]> noKey = new ProducerRecord<>("images", null, PICTURE);
        noKey.headers().add("ce_model", bytes("mnist"));

        assertThatThrownBy(() -> ImageSubmitted.of(received(noModel)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("ce_model");
        ProducerRecord<byte[], byte[]> longKey = new ProducerRecord<>("images", new byte[257], PICTURE);
        longKey.headers().add("ce_model", bytes("mnist"));
        ProducerRecord<byte[], byte[]> longModel = new ProducerRecord<>("images", bytes("id"), PICTURE);
        longModel.headers().add("ce_model", new byte[1_000_000]);

        assertThatThrownBy(() -> ImageSubmitted.of(received(longKey))).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> ImageSubmitted.of(received(longModel))).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> ImageSubmitted.of(received(noKey)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("key");
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                7,
                1_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                java.util.Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
