/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds answers up in slots of time. Each partition adds up for itself and the reader brings them together, so that
 * nothing is shuffled through another topic. What was added up is written from time to time, and not with each answer:
 * a write costs more than a thousand of them.
 */
final class SliceAdder extends ContextualProcessor<String, Answered, Void, Void> {

    private final String storeName;
    private final Duration width;
    private final Duration kept;
    private final Duration writeEvery;
    private final Map<String, String> laneByTopic;
    private final Map<SliceKey, SliceTally> unwritten = new HashMap<>();

    /**
     * @param width of a slot
     * @param kept how long slots are kept
     * @param laneByTopic names of the lanes; one that is not there is called as its topic
     */
    SliceAdder(String storeName, Duration width, Duration kept, Duration writeEvery, Map<String, String> laneByTopic) {
        this.storeName = storeName;
        this.width = width;
        this.kept = kept;
        this.writeEvery = writeEvery;
        this.laneByTopic = laneByTopic;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        context.schedule(writeEvery, PunctuationType.WALL_CLOCK_TIME, this::write);
    }

    @Override
    public void process(Record<String, Answered> record) {
        Answered answer = record.value();
        if (answer == null) {
            return;
        }
        String topic = answer.source().topic();
        String lane = laneByTopic.getOrDefault(topic, topic);
        SliceKey key = SliceKey.of(Instant.ofEpochMilli(record.timestamp()), width, lane, answer.model());
        unwritten.computeIfAbsent(key, k -> new SliceTally()).add(answer);
    }

    private void write(long now) {
        KeyValueStore<String, Slice> store = context().getStateStore(storeName);
        unwritten.forEach((slice, tally) -> {
            String key = slice.write();
            Slice before = store.get(key);
            if (before != null) {
                tally.add(before);
            }
            store.put(key, tally.slice());
        });
        unwritten.clear();
        long oldest = SliceKey.slot(Instant.ofEpochMilli(now).minus(kept), width);
        try (KeyValueIterator<String, Slice> old = store.range(null, SliceKey.from(oldest))) {
            while (old.hasNext()) {
                KeyValue<String, Slice> slice = old.next();
                store.delete(slice.key);
            }
        }
    }
}
