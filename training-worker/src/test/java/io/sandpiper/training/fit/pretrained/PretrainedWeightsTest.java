/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PromotionPolicy;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.TrainingProperties.Firewall;
import io.sandpiper.training.TrainingProperties.Gate;
import io.sandpiper.training.TrainingProperties.Watch;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.RecipeNetwork;
import io.sandpiper.training.fit.recipe.Recipes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code tiny.h5} was saved by Keras 2.15 with random weights; {@code tiny.json} is what Keras computes with them. */
class PretrainedWeightsTest {

    private static final int CLASSES = 3;

    @TempDir
    private Path folder;

    private Recipe recipe;

    @BeforeEach
    void readRecipe() throws Exception {
        Files.write(folder.resolve("tiny.h5"), resource("tiny.h5"));
        Files.write(folder.resolve("tiny.json"), resource("tiny-recipe.json"));
        recipe = new Recipes(folder).find("tiny");
    }

    private record Expected(float[][] features) {}

    @Test
    void network_computesWhatKerasComputes() throws Exception {
        ComputationGraph network = network(recipe);
        INDArray input = Nd4j.create(DataType.FLOAT, 2, 16, 16, 3);
        for (int i = 0; i < input.length(); i++) {
            input.putScalar(i, (float) Math.sin(i * 0.37));
        }

        read("tiny.h5").copyTo(network);
        INDArray features =
                network.feedForward(input.permute(0, 3, 1, 2).dup('c'), false).get(lastBeforeOutput(network));

        INDArray expected = Nd4j.createFromArray(
                Json.read(resource("tiny.json"), Expected.class).features());
        assertThat(expected.amaxNumber().doubleValue()).isGreaterThan(0.5);
        assertThat(features.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-5);
    }

    @Test
    void anotherWidth_isRefusedWithBothShapes() {
        assertThatThrownBy(() -> read("tiny.h5").copyTo(network(recipe.withWidth(2))))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("conv2d/kernel:0 has shape [8, 3, 3, 3]")
                .hasMessageContaining("convolution-1 needs [16, 3, 3, 3]");
    }

    @Test
    void anotherArchitecture_isRefused() {
        assertThatThrownBy(
                        () -> read("tiny.h5").copyTo(network(Recipes.shipped().find("mobilenet-v2"))))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("layers with weights");
    }

    @Test
    void anotherEpsilon_isRefused() {
        Recipe other = new Recipe(
                recipe.name(),
                recipe.description(),
                recipe.input(),
                null,
                null,
                recipe.augmentation(),
                recipe.training(),
                null,
                recipe.layers());

        assertThatThrownBy(() -> read("tiny.h5").copyTo(network(other)))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("epsilon of 0.001");
    }

    @Test
    void layerThatIsCode_isRefused() {
        String config = "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"Lambda\",\"config\":"
                + "{\"function\":[\"4wEAAAAAAAAA\",null,null]}}]}}";
        try (WritableHdfFile file = HdfFile.write(folder.resolve("lambda.h5"))) {
            file.putAttribute("model_config", config);
            WritableGroup weights = file.putGroup("model_weights");
            weights.putAttribute("layer_names", new String[] {"lambda"});
            weights.putGroup("lambda");
        }

        assertThatThrownBy(() -> read("lambda.h5"))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessage("lambda.h5 has a layer of type Lambda, which is code; code is not taken from a file.");
    }

    @Test
    void fileThatIsNoneOfKeras_isRefused() throws Exception {
        Files.writeString(folder.resolve("text.h5"), "hello");
        byte[] cut = resource("tiny.h5");
        Files.write(folder.resolve("cut.h5"), java.util.Arrays.copyOf(cut, cut.length / 3));
        try (WritableHdfFile file = HdfFile.write(folder.resolve("other.h5"))) {
            file.putDataset("numbers", new float[] {1, 2});
        }

        for (String name : new String[] {"text.h5", "cut.h5", "other.h5"}) {
            assertThatThrownBy(() -> read(name))
                    .isInstanceOf(UnusableWeightsException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void file_isFetchedOnce_andBelievedAfterItsHash() throws Exception {
        byte[] h5 = resource("tiny.h5");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, h5.length);
            exchange.getResponseBody().write(h5);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tiny.h5");
        PretrainedFiles files = files();

        assertThat(files.load(new Recipe.Pretrained("fetched.h5", address, Sha256.of(h5)))
                        .origin())
                .isEqualTo("fetched.h5 (sha256 %s)", Sha256.of(h5));
        assertThatThrownBy(() -> files.load(new Recipe.Pretrained("forged.h5", address, "00")))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("another sha256");
        server.stop(0);
        files.load(new Recipe.Pretrained("fetched.h5", address, Sha256.of(h5)));

        assertThat(folder.resolve("forged.h5")).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThatThrownBy(() -> files.load(new Recipe.Pretrained("fetched.h5", null, "00")))
                .hasMessageContaining("is not the file that the recipe names");
        assertThatThrownBy(() -> files.load(new Recipe.Pretrained("missing.h5", null, null)))
                .hasMessageContaining("There is no file missing.h5 in the training worker's folder");
        assertThatThrownBy(() -> files.load(new Recipe.Pretrained("../tiny.h5", null, null)))
                .hasMessageContaining("letters, digits");
    }

    private PretrainedFiles files() {
        return new PretrainedFiles(new TrainingProperties(
                null,
                1,
                1,
                folder,
                folder,
                null,
                null,
                1,
                10,
                new Gate(PromotionPolicy.AUTO, 0.05, 0.5),
                new Watch(Duration.ofHours(24), Duration.ofSeconds(5), 30, 0.05),
                new Firewall(0.05, true, 4, 0.99, true, 20_000, Set.of())));
    }

    private PretrainedWeights read(String name) throws UnusableWeightsException {
        return PretrainedWeights.read(folder.resolve(name), name);
    }

    private static ComputationGraph network(Recipe recipe) {
        ComputationGraph network =
                new ComputationGraph(RecipeNetwork.configuration(recipe, recipe.training(), CLASSES));
        network.init();
        return network;
    }

    private static String lastBeforeOutput(ComputationGraph network) {
        String output = network.getConfiguration().getNetworkOutputs().get(0);
        return network.getConfiguration().getVertexInputs().get(output).get(0);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PretrainedWeightsTest.class.getResourceAsStream("/pretrained/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
