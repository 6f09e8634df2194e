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
 * Adds answers up by second, and seconds to minutes. Each partition adds up for itself and the reader brings them
 * together, so that nothing is shuffled through another topic. What was added up is written from time to time, and not
 * with each answer: a write costs more than a thousand of them.
 */
final class SliceAdder extends ContextualProcessor<String, Answered, Void, Void> {

    private final Slots seconds;
    private final Slots minutes;
    private final Map<String, String> laneByTopic;

    /**
     * Slots of time, in a store.
     *
     * @param width of a slot
     * @param kept how long slots are kept
     * @param writeEvery how often they are written
     */
    record Slots(
            String store, Duration width, Duration kept, Duration writeEvery, Map<SliceKey, SliceTally> unwritten) {

        Slots(String store, Duration width, Duration kept, Duration writeEvery) {
            this(store, width, kept, writeEvery, new HashMap<>());
        }

        SliceTally tally(SliceKey slice) {
            return unwritten.computeIfAbsent(slice, k -> new SliceTally());
        }
    }

    /** @param laneByTopic names of the lanes; one that is not there is called as its topic */
    SliceAdder(Slots seconds, Slots minutes, Map<String, String> laneByTopic) {
        this.seconds = seconds;
        this.minutes = minutes;
        this.laneByTopic = laneByTopic;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        context.schedule(seconds.writeEvery(), PunctuationType.WALL_CLOCK_TIME, now -> {
            addToMinutes();
            write(seconds, now);
        });
        context.schedule(minutes.writeEvery(), PunctuationType.WALL_CLOCK_TIME, now -> write(minutes, now));
    }

    @Override
    public void process(Record<String, Answered> record) {
        Answered answer = record.value();
        if (answer == null) {
            return;
        }
        String topic = answer.source().topic();
        String lane = laneByTopic.getOrDefault(topic, topic);
        Instant at = Instant.ofEpochMilli(record.timestamp());
        seconds.tally(SliceKey.of(at, seconds.width(), lane, answer.model())).add(answer);
    }

    private void addToMinutes() {
        seconds.unwritten().forEach((second, tally) -> {
            Instant at = Instant.ofEpochMilli(second.slot() * seconds.width().toMillis());
            minutes.tally(SliceKey.of(at, minutes.width(), second.lane(), second.model()))
                    .add(tally);
        });
    }

    private void write(Slots slots, long now) {
        KeyValueStore<String, Slice> store = context().getStateStore(slots.store());
        slots.unwritten().forEach((slice, tally) -> {
            String key = slice.write();
            Slice before = store.get(key);
            if (before != null) {
                tally.add(before);
            }
            store.put(key, tally.slice());
        });
        slots.unwritten().clear();
        long oldest = SliceKey.slot(Instant.ofEpochMilli(now).minus(slots.kept()), slots.width());
        try (KeyValueIterator<String, Slice> old = store.range(null, SliceKey.from(oldest))) {
            while (old.hasNext()) {
                KeyValue<String, Slice> slice = old.next();
                store.delete(slice.key);
            }
        }
    }
}
