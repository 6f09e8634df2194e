/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {

    @Test
    void model_hasTheLaneThatAllShare_orItsOwn() {
        Lanes lanes = new Lanes(List.of("brain-mri"));

        assertThat(lanes.ofModel("mnist")).isSameAs(Lane.INTERACTIVE);
        assertThat(lanes.ofModel("brain-mri").topic().name()).isEqualTo("images.brain-mri");
        assertThat(lanes.all()).extracting(Lane::name).containsExactly("interactive", "bulk", "brain-mri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bulk", "interactive", "No Model", ""})
    void laneThatIsNoModels_isRefused(String name) {
        assertThatThrownBy(() -> new Lanes(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void named_findsThem_orSaysWhichThereAre() {
        Lanes lanes = new Lanes(List.of("brain-mri"));

        assertThat(lanes.named(List.of("brain-mri", "bulk")))
                .extracting(Lane::name)
                .containsExactly("brain-mri", "bulk");
        assertThatThrownBy(() -> lanes.named(List.of("bulk", "mnist")))
                .hasMessageContaining("[interactive, bulk, brain-mri]");
    }

    @Test
    void topic_isFoundByItsName_onlyIfPicturesLieThere() {
        Lanes lanes = new Lanes(List.of("brain-mri"));

        assertThat(lanes.topic("images.brain-mri")).isPresent();
        assertThat(lanes.topic("images")).contains(Topics.IMAGES);
        assertThat(lanes.topic("predictions")).isEmpty();
    }

    @Test
    void lanes_haveAsManyPartitionsAsIsAsked_otherTopicsAsManyAsTheyNeed() {
        NewTopic[] topics = Topics.newTopics(new Lanes(List.of("brain-mri")), 3);

        assertThat(Arrays.stream(topics).filter(t -> t.numPartitions() == 3).map(NewTopic::name))
                .containsExactlyInAnyOrder("images", "images-bulk", "images.brain-mri");
        assertThat(topics).hasSize(Topics.ALL.size() + 1);
    }
}
