/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.sandpiper.schemas.CloudEvents;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Topic;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.standalone.TraceCollector.Seen;
import io.sandpiper.testsupport.DrawnDigits;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One trace from the request over Kafka and a worker to the answer, as whoever collects traces sees it. */
class TracesIT extends SharedStandalone {

    private static final Duration EXPORT_LIMIT = Duration.ofSeconds(20);
    private static final String CLIENT = "00f067aa0ba902b7";

    @Test
    void pictureOverHttp_isOneTrace_upToTheRecordOfItsAnswer() throws Exception {
        String trace = newTrace();

        Running.Answer answer = running.submit(
                DrawnDigits.png(3, 1), "Prefer", "wait=10", "traceparent", sampled(trace), "Idempotency-Key", trace);

        String id = String.valueOf(answer.get("id"));
        Seen request = span(trace, "http post /v1/predictions");
        Seen sent = span(trace, "send images");
        Seen processed = span(trace, "process images");
        assertThat(request.parent()).isEqualTo(CLIENT);
        assertThat(request.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(sent.parent()).isEqualTo(request.id());
        assertThat(sent.kind()).isEqualTo(SpanKind.SPAN_KIND_PRODUCER);
        assertThat(processed.parent()).isEqualTo(sent.id());
        assertThat(processed.kind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
        assertThat(processed.service()).isEqualTo("inference-worker");
        assertThat(processed.nanos()).isPositive();
        assertThat(processed.attributes())
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.message.id", id)
                .containsEntry("sandpiper.model", "mnist")
                .containsEntry("sandpiper.state", "PREDICTED");
        assertThat(traceParent(Topics.IMAGES, id)).isEqualTo("00-%s-%s-01".formatted(trace, sent.id()));
        assertThat(traceParent(Topics.PREDICTIONS, id)).isEqualTo("00-%s-%s-01".formatted(trace, processed.id()));
    }

    @Test
    void pictureOfAKafkaClientWithoutATrace_beginsOne() throws Exception {
        String id = "untraced-" + newTrace();
        ImageSubmitted image = new ImageSubmitted(id, "mnist", "image/png", Instant.now(), DrawnDigits.png(4, 1));
        running.publish(image.toRecord("/test"));
        assertThat(running.get("/v1/predictions/" + id + "?wait=10").get("state"))
                .isEqualTo("PREDICTED");

        assertThat(traceParent(Topics.IMAGES, id)).isNull();
        assertThat(traceParent(Topics.PREDICTIONS, id)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    }

    /** Whoever can write to the topic can write anything into the headers. */
    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z"})
    void headersThatAreNoTrace_andNoTimeOfOurs_keepNoPictureFromItsAnswer(String time) throws Exception {
        String id = "hostile-" + newTrace();
        ProducerRecord<byte[], byte[]> record = new ImageSubmitted(
                        id, "mnist", "image/png", Instant.parse(time), DrawnDigits.png(5, 1))
                .toRecord("/test");
        record.headers()
                .add("traceparent", "00-zz".repeat(10_000).getBytes(StandardCharsets.US_ASCII))
                .add("tracestate", new byte[] {(byte) 0xff, 0, '\n'})
                .add("baggage", "a=b".getBytes(StandardCharsets.US_ASCII));

        running.publish(record);

        assertThat(running.get("/v1/predictions/" + id + "?wait=10").get("state"))
                .isEqualTo("PREDICTED");
        assertThat(traceParent(Topics.PREDICTIONS, id)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    }

    @Test
    void whatIsToldOfAJob_belongsToTheTraceOfItsCommand() throws Exception {
        String trace = newTrace();

        Object job = running.call(running.request("/v1/models/traced/training-jobs")
                        .header("Content-Type", "application/json")
                        .header("traceparent", sampled(trace))
                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                .get("jobId");

        Seen worked = span(trace, "process training-commands");
        assertThat(worked.parent())
                .isEqualTo(span(trace, "send training-commands").id());
        assertThat(worked.service()).isEqualTo("training-worker");
        List<ConsumerRecord<byte[], byte[]>> told = running.records(Topics.TRAINING_EVENTS).stream()
                .filter(record -> Topics.TRAINING_EVENTS.key(record).equals(job))
                .toList();
        assertThat(told)
                .anyMatch(record -> Topics.TRAINING_EVENTS.value(record) instanceof TrainingFailed)
                .allSatisfy(record -> assertThat(CloudEvents.get(record.headers(), "traceparent"))
                        .startsWith("00-" + trace));
    }

    @Test
    void traces_tellNoKeys() throws Exception {
        String trace = newTrace();
        String key = "pk_0123456789abcdef_" + "s".repeat(43);

        running.get("/v1/models?api_key=" + key);
        running.call(running.request("/v1/models?api_key=" + key)
                .header("Authorization", "Bearer " + key)
                .header("baggage", "key=" + key)
                .header("traceparent", sampled(trace)));

        span(trace, "http get /v1/models");
        assertThat(collector().of(trace)).noneMatch(span -> span.text().contains("ssss"));
    }

    private static String newTrace() {
        byte[] id = new byte[16];
        new SecureRandom().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private static String sampled(String trace) {
        return "00-%s-%s-01".formatted(trace, CLIENT);
    }

    /** Comes some time after it has ended: what is exported is exported together. */
    private static Seen span(String trace, String name) {
        await().atMost(EXPORT_LIMIT)
                .untilAsserted(() ->
                        assertThat(collector().of(trace)).extracting(Seen::name).contains(name));
        return collector().of(trace).stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable String traceParent(Topic<String, ?> topic, String key) {
        ConsumerRecord<byte[], byte[]> record = running.records(topic).stream()
                .filter(r -> key.equals(new String(Objects.requireNonNull(r.key()), StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
        return CloudEvents.get(record.headers(), "traceparent");
    }
}
