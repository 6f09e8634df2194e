/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelPublished;
import io.sandpiper.schemas.ModelRefused;
import io.sandpiper.schemas.ModelRetired;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {

    @Test
    void publishedVersion_isKnownButDoesNotServe() {
        ModelRegistry registry = after(published("mnist", "1"));

        assertThat(registry.models()).containsOnlyKeys("mnist");
        assertThat(registry.champion("mnist")).isNull();
    }

    @Test
    void champion_isTheLastVersionPromoted() {
        ModelRegistry registry = after(
                published("mnist", "1"),
                promoted("mnist", "1"),
                published("mnist", "2"),
                promoted("mnist", "2"),
                promoted("mnist", "1"));

        assertThat(registry.champion("mnist")).isEqualTo(version("mnist", "1"));
        assertThat(registry.models().get("mnist").versions()).containsOnlyKeys("1", "2");
    }

    @Test
    void registry_afterCompaction_isTheSame() {
        ModelRegistry whole = after(published("mnist", "1"), promoted("mnist", "1"), published("mnist", "2"));
        ModelRegistry compacted = after(promoted("mnist", "1"), published("mnist", "2"));

        assertThat(compacted.models()).isEqualTo(whole.models());
    }

    @Test
    void candidates_areTheChampion_andThoseBeforeIt_alsoAfterCompaction() {
        ModelRegistry whole = after(
                promoted("mnist", "1"),
                promoted("mnist", "2"),
                promoted("mnist", "3"),
                published("mnist", "4"),
                promoted("mnist", "2"));
        ModelRegistry compacted =
                after(promoted("mnist", "1"), promoted("mnist", "3"), published("mnist", "4"), promoted("mnist", "2"));

        assertThat(whole.models().get("mnist").candidates())
                .extracting(ModelVersion::version)
                .containsExactly("2", "3", "1");
        assertThat(compacted.models().get("mnist").candidates())
                .isEqualTo(whole.models().get("mnist").candidates());
    }

    @Test
    void retiredChampion_leavesItsPlaceToTheOneBefore_alsoAfterCompaction() {
        ModelRegistry whole =
                after(promoted("mnist", "1"), promoted("mnist", "2"), promoted("mnist", "3"), retired("mnist", "3"));
        ModelRegistry compacted = after(promoted("mnist", "1"), promoted("mnist", "2"), retired("mnist", "3"));

        assertThat(whole.champion("mnist")).isEqualTo(version("mnist", "2"));
        assertThat(whole.models().get("mnist").versions()).containsOnlyKeys("1", "2", "3");
        assertThat(whole.models().get("mnist").candidates())
                .extracting(ModelVersion::version)
                .containsExactly("2", "1");
        assertThat(compacted.models()).isEqualTo(whole.models());
    }

    @Test
    void retiredVersion_mayServeAgain() {
        ModelRegistry registry =
                after(promoted("mnist", "1"), promoted("mnist", "2"), retired("mnist", "2"), promoted("mnist", "2"));

        assertThat(registry.champion("mnist")).isEqualTo(version("mnist", "2"));
    }

    @Test
    void models_doNotTouchEachOther() {
        ModelRegistry registry = after(promoted("mnist", "1"), promoted("cifar10", "4"));

        assertThat(registry.champion("mnist")).isEqualTo(version("mnist", "1"));
        assertThat(registry.champion("cifar10")).isEqualTo(version("cifar10", "4"));
        assertThat(registry.champion("dogs")).isNull();
    }

    @Test
    void refusals_areTheLastOfEachWorker_andDecideNothing() {
        ModelRegistry registry = after(
                promoted("mnist", "1"), refused("w-1", "no"), refused("w-2", "neither"), refused("w-1", "no, again"));

        assertThat(registry.champion("mnist")).isEqualTo(version("mnist", "1"));
        assertThat(registry.model("mnist").refusals()).containsOnlyKeys("1");
        assertThat(registry.model("mnist").refusals().get("1"))
                .extracting(
                        ModelRegistry.Refusal::worker,
                        refusal -> refusal.reason().detail())
                .containsExactly(tuple("w-2", "neither"), tuple("w-1", "no, again"));
        assertThat(registry.model("dogs").refusals()).isEmpty();
    }

    private static ModelRegistry after(ModelEvent... events) {
        ModelRegistry registry = ModelRegistry.EMPTY;
        for (ModelEvent event : events) {
            registry = registry.with(event);
        }
        return registry;
    }

    private static ModelEvent published(String model, String version) {
        return new ModelPublished(version(model, version), null, Instant.EPOCH);
    }

    private static ModelEvent promoted(String model, String version) {
        return new ModelPromoted(version(model, version), "test", Instant.EPOCH);
    }

    private static ModelEvent retired(String model, String version) {
        return new ModelRetired(version(model, version), "test", Instant.EPOCH);
    }

    private static ModelEvent refused(String worker, String why) {
        return new ModelRefused(version("mnist", "1"), worker, new Reason("invalid-archive", why), Instant.EPOCH);
    }

    private static ModelVersion version(String model, String version) {
        return new ModelVersion(
                model, version, null, List.of("a", "b"), "key", "sha", Map.of(), null, null, null, Instant.EPOCH);
    }
}
