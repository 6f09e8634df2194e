/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import io.sandpiper.schemas.LoadTestEvent.RouteKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What is sent, and when: a YAML file.
 *
 * @param description a sentence for people
 * @param route how pictures get in
 * @param model that is to answer
 * @param side of the drawn pictures, in pixels
 * @param batch pictures in one request; only on the route BATCH
 * @param arrivals how intended times are spaced within a phase
 * @param connections how many requests may be under way at once; as many users share the rate
 * @param waitSeconds for an answer in the request itself; only on the route HTTP
 * @param phases one after the other
 */
public record Workload(
        String description,
        RouteKind route,
        String model,
        int side,
        int batch,
        Arrivals arrivals,
        int connections,
        int waitSeconds,
        List<Phase> phases) {

    private static final List<String> SHIPPED = List.of(
            "normal-50-users",
            "high-200-users",
            "burst",
            "bulk",
            "swap-under-load",
            "steady-60pct",
            "efficiency-kafka",
            "efficiency-batch",
            "efficiency-single");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** How intended times are spaced. */
    public enum Arrivals {
        /** As evenly as can be. */
        EVEN,
        /** As of many users who do not know each other: exponential gaps. */
        POISSON
    }

    /**
     * @param seconds how long
     * @param rate pictures a second
     */
    public record Phase(int seconds, double rate) {}

    public Workload {
        phases = phases == null ? List.of() : List.copyOf(phases);
        require(
                description != null && route != null && model != null && arrivals != null,
                "description, route, model and arrivals are needed");
        require(side >= 1 && side <= 1_024, "side is from 1 to 1024");
        require(batch >= 1 && batch <= 1_000, "batch is from 1 to 1000");
        require(connections >= 1, "connections is at least 1");
        require(waitSeconds >= 0 && waitSeconds <= 60, "waitSeconds is from 0 to 60");
        require(!phases.isEmpty(), "phases are needed");
        require(phases.stream().allMatch(p -> p.seconds() > 0 && p.rate() > 0), "a phase has seconds and a rate");
    }

    /** @param name of a file, or of a workload that is shipped */
    public static Workload load(String name) {
        Path file = Path.of(name);
        try (InputStream in = Files.exists(file)
                ? Files.newInputStream(file)
                : Workload.class.getResourceAsStream("/workloads/" + name + ".yaml")) {
            if (in == null) {
                throw new LoadTestException("There is no workload " + name + ": name a YAML file, or one of "
                        + String.join(", ", SHIPPED) + ".");
            }
            return YAML.readValue(in, Workload.class);
        } catch (IOException e) {
            throw new LoadTestException("Cannot read " + name + ": " + e.getMessage());
        } catch (JacksonException e) {
            throw new LoadTestException("Workload " + name + ": " + cause(e));
        }
    }

    /** The same at another rate and for another time. */
    public Workload steady(Duration time, double rate) {
        return new Workload(
                description,
                route,
                model,
                side,
                batch,
                arrivals,
                connections,
                waitSeconds,
                List.of(new Phase((int) time.toSeconds(), rate)));
    }

    /** The same with arrivals that are evenly spaced: exactly so many as rate and time say. */
    public Workload evenly() {
        return new Workload(description, route, model, side, batch, Arrivals.EVEN, connections, waitSeconds, phases);
    }

    /** The same for another model. */
    public Workload of(String other) {
        return new Workload(description, route, other, side, batch, arrivals, connections, waitSeconds, phases);
    }

    /** Names of those that come with the load test. */
    public static List<String> shipped() {
        return SHIPPED;
    }

    public int seconds() {
        return phases.stream().mapToInt(Phase::seconds).sum();
    }

    /** Pictures a second, on average over its phases. */
    public double rate() {
        return phases.stream().mapToDouble(p -> p.seconds() * p.rate()).sum() / seconds();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static @Nullable String cause(JacksonException e) {
        return e.getCause() instanceof IllegalArgumentException wrong ? wrong.getMessage() : e.getOriginalMessage();
    }
}
