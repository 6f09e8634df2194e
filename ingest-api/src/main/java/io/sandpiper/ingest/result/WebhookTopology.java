/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.ingest.result.DeliverySender.Outcome;
import io.sandpiper.schemas.JsonSerde;
import io.sandpiper.schemas.PredictionCompleted;
import java.time.Duration;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that are to be posted, in the order in which they are due, until they are delivered or given up. An instance
 * that goes away leaves them to another, which tries again what was under way: at least once, and never in silence.
 */
final class WebhookTopology {

    /** Key: when it is due, in milliseconds with zeros in front, slash, prediction id. */
    static final String DUE = "webhooks-due";

    /** Waited after an attempt: five seconds, then four times as long each time: half an hour for all attempts. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private static final int LONGER = 4;
    private static final int ATTEMPTS = 6;

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /** In one partition. */
    private static final int AT_ONCE = 32;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookTopology.class);

    private WebhookTopology() {}

    static void add(StreamsBuilder builder, KStream<String, PredictionCompleted> answers, DeliverySender sender) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(DUE), Serdes.String(), new JsonSerde<>(Delivery.class)));
        answers.filter((id, answer) -> answer.callback() != null).process(() -> new Deliverer(sender), DUE);
    }

    static String key(long dueMillis, String predictionId) {
        return "%015d/%s".formatted(dueMillis, predictionId);
    }

    /** Belongs to the Streams thread; attempts end on others, and are told to it through a queue. */
    private static final class Deliverer extends ContextualProcessor<String, PredictionCompleted, Void, Void> {

        private final DeliverySender sender;
        private final Set<String> underWay = new HashSet<>();
        private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

        private record Ended(String key, Delivery delivery, Outcome outcome) {}

        Deliverer(DeliverySender sender) {
            this.sender = sender;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
        }

        @Override
        public void process(Record<String, PredictionCompleted> record) {
            PredictionCompleted answer = record.value();
            String callback = answer.callback();
            if (callback != null) {
                store().put(
                                key(context().currentSystemTimeMs(), answer.predictionId()),
                                new Delivery(answer, callback, 0));
            }
        }

        private void look(long now) {
            for (Ended end = ended.poll(); end != null; end = ended.poll()) {
                settle(end, now);
            }
            try (KeyValueIterator<String, Delivery> due = store().range(key(0, ""), key(now, "~"))) {
                while (due.hasNext() && underWay.size() < AT_ONCE) {
                    KeyValue<String, Delivery> next = due.next();
                    if (underWay.add(next.key)) {
                        sender.post(next.value)
                                .subscribe(outcome -> ended.add(new Ended(next.key, next.value, outcome)));
                    }
                }
            }
        }

        private void settle(Ended end, long now) {
            underWay.remove(end.key());
            store().delete(end.key());
            Delivery next = end.delivery().afterAttempt();
            if (end.outcome() == Outcome.DELIVERED) {
                return;
            }
            if (end.outcome() == Outcome.REFUSED || next.attempt() == ATTEMPTS) {
                LOG.warn("The answer {} is not posted: given up after {} attempts", next.id(), next.attempt());
                return;
            }
            long pause = FIRST_PAUSE.toMillis()
                    * (long) Math.pow(LONGER, end.delivery().attempt());
            store().put(key(now + pause, next.id()), next);
        }

        private KeyValueStore<String, Delivery> store() {
            return context().getStateStore(DUE);
        }
    }
}
