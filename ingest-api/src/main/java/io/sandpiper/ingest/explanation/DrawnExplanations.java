/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.explanation;

import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.schemas.ExplanationCompleted;
import io.sandpiper.schemas.ExplanationRequested;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Which heat maps there are, and which are on their way. A failure is told to those who wait, and not kept. Thread-safe. */
final class DrawnExplanations {

    /** The oldest are forgotten beyond that: then they are drawn again. */
    private static final int REMEMBERED = 10_000;

    private final Map<String, UnderWay> underWay = new HashMap<>();
    private final Map<String, ExplanationCompleted> drawn = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ExplanationCompleted> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record UnderWay(Instant until, Admission.Ticket ticket, Sinks.One<ExplanationCompleted> sink) {}

    /** @param isNew whether nobody has sent that wish yet, or nobody waits for it any more */
    record Awaited(boolean isNew, Mono<ExplanationCompleted> outcome) {}

    /** @param admission gives a ticket for a new wish, or refuses it; closed when the wish has an end */
    synchronized Awaited await(ExplanationRequested wanted, Supplier<Admission.Ticket> admission) {
        String id = wanted.explanationId();
        ExplanationCompleted known = drawn.get(id);
        if (known != null) {
            return new Awaited(false, Mono.just(known));
        }
        endExpired(wanted.requestedAt());
        UnderWay before = underWay.get(id);
        if (before != null) {
            return new Awaited(false, before.sink().asMono());
        }
        UnderWay now = new UnderWay(wanted.until(), admission.get(), Sinks.one());
        underWay.put(id, now);
        return new Awaited(true, now.sink().asMono());
    }

    /** What a worker said. Whoever waits is told on this thread. */
    DrawnExplanations with(ExplanationCompleted explanation) {
        UnderWay awaited;
        synchronized (this) {
            if (explanation.method() != null) {
                drawn.put(explanation.explanationId(), explanation);
            }
            awaited = end(explanation.explanationId());
        }
        if (awaited != null) {
            awaited.sink().tryEmitValue(explanation);
        }
        return this;
    }

    synchronized void forget(String explanationId) {
        drawn.remove(explanationId);
        end(explanationId);
    }

    private @Nullable UnderWay end(String explanationId) {
        UnderWay ended = underWay.remove(explanationId);
        if (ended != null) {
            ended.ticket().close();
        }
        return ended;
    }

    private void endExpired(Instant now) {
        for (Iterator<UnderWay> all = underWay.values().iterator(); all.hasNext(); ) {
            UnderWay one = all.next();
            if (one.until().isBefore(now)) {
                one.ticket().close();
                all.remove();
            }
        }
    }
}
