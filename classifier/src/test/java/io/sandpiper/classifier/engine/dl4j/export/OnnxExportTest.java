/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.classifier.engine.dl4j.OneDnn;
import io.sandpiper.classifier.engine.onnx.OnnxClassifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Each layer in a small network with random weights: what ONNX Runtime says must be what DL4J says. */
class OnnxExportTest {

    private static final ModelManifest.Input INPUT =
            new ModelManifest.Input(3, 15, 14, List.of(0.4, 0.5, 0.6), List.of(0.2, 0.25, 0.3));
    private static final int CLASSES = 5;

    static Stream<Arguments> layers() {
        return Stream.of(
                layer("convolution", new ConvolutionLayer.Builder(3, 3).nOut(6).build()),
                layer(
                        "convolution, stride 2, same",
                        same(new ConvolutionLayer.Builder(3, 3).nOut(6).stride(2, 2))),
                layer(
                        "convolution, padded, dilated",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(4)
                                .padding(2, 1)
                                .dilation(2, 2)
                                .build()),
                layer(
                        "convolution without bias",
                        new ConvolutionLayer.Builder(1, 1)
                                .nOut(4)
                                .hasBias(false)
                                .build()),
                layer(
                        "depthwise",
                        new DepthwiseConvolution2D.Builder(3, 3)
                                .depthMultiplier(2)
                                .nOut(6)
                                .build()),
                layer(
                        "separable",
                        new SeparableConvolution2D.Builder(3, 3)
                                .depthMultiplier(2)
                                .nOut(7)
                                .build()),
                layer("max pool", pool(SubsamplingLayer.PoolingType.MAX)),
                layer("average pool", pool(SubsamplingLayer.PoolingType.AVG)),
                layer("average pool, same", samePool()),
                layer("batch norm", new BatchNormalization()),
                layer(
                        "batch norm by variance",
                        new BatchNormalization.Builder().useLogStd(false).build()),
                layer("zero padding", new ZeroPaddingLayer.Builder(1, 2, 3, 0).build()),
                layer("dropout", new DropoutLayer.Builder(0.5).build()),
                layer(
                        "dense",
                        new DenseLayer.Builder()
                                .nOut(9)
                                .activation(Activation.TANH)
                                .build()),
                layer("global average", new GlobalPoolingLayer.Builder(PoolingType.AVG).build()),
                layer("global max", new GlobalPoolingLayer.Builder(PoolingType.MAX).build()),
                activation(Activation.RELU),
                activation(Activation.RELU6),
                activation(Activation.LEAKYRELU),
                activation(Activation.ELU),
                activation(Activation.SIGMOID),
                activation(Activation.HARDSIGMOID),
                activation(Activation.SOFTPLUS),
                activation(Activation.SWISH),
                activation(Activation.TANH));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void layer_meansTheSame(String name, Layer layer) throws Exception {
        requireParity(network(graph -> graph.addLayer("l", layer, "input")), 0);
    }

    @Test
    void normalization_behindAConvolution_isFoldedIntoIt() throws Exception {
        ComputationGraph network = network(graph -> graph.addLayer("c", convolution(), "input")
                .addLayer("n", new BatchNormalization.Builder().useLogStd(false).build(), "c")
                .addLayer("l", relu(), "n"));

        byte[] model = OnnxExport.write(network, INPUT, CLASSES);

        assertThat(onnx.Onnx.ModelProto.parseFrom(model).getGraph().getNodeList())
                .extracting(onnx.Onnx.NodeProto::getOpType)
                .contains("Conv")
                .doesNotContain("BatchNormalization");
        requireParity(network, 6);
    }

    @Test
    void convolution_thatOthersNeedBare_isNotFoldedInto() throws Exception {
        requireParity(
                network(graph -> graph.addLayer("c", convolution(), "input")
                        .addLayer("n", new BatchNormalization(), "c")
                        .addVertex("l", new ElementWiseVertex(ElementWiseVertex.Op.Add), "c", "n")),
                6);
    }

    @Test
    void branches_areAddedAndMerged() throws Exception {
        requireParity(
                network(graph -> graph.addLayer("a", convolution(), "input")
                        .addLayer("b", convolution(), "input")
                        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
                        .addVertex("l", new MergeVertex(), "sum", "a", "b")),
                18);
    }

    @Test
    void layerThatIsNotKnown_isNamed() {
        ComputationGraph network =
                network(graph -> graph.addLayer("l", new LocalResponseNormalization.Builder().build(), "input"));

        assertThatThrownBy(() -> OnnxExport.write(network, INPUT, CLASSES))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("the layer l (LocalResponseNormalization)");
    }

    /** @param channels of the feature maps, 0 to leave them be */
    private static void requireParity(ComputationGraph network, int channels) throws Exception {
        List<Pixels> batch = pictures();
        byte[] model = OnnxExport.write(network, INPUT, CLASSES);
        List<String> labels = List.of("a", "b", "c", "d", "e");
        try (Classifier dl4j = new Dl4jClassifier(network, INPUT, labels);
                Classifier onnx = OnnxClassifier.load(model, INPUT, labels)) {
            Answers expected = dl4j.explain(batch);
            Answers found = onnx.explain(batch);
            requireClose(onnx.classify(batch), expected.probabilities());
            requireClose(found.probabilities(), expected.probabilities());
            assertThat(found.features()).hasSameSizeAs(expected.features());
            for (int i = 0; i < found.features().size(); i++) {
                assertThat(found.features().get(i).values())
                        .containsExactly(expected.features().get(i).values(), within(1e-4f));
            }
            if (channels > 0) {
                assertThat(found.features()).allMatch(f -> f.channels() == channels);
            }
        }
    }

    private static void requireClose(float[][] found, float[][] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).containsExactly(expected[i], within(1e-5f));
        }
    }

    private static ComputationGraph network(UnaryOperator<GraphBuilder> body) {
        OneDnn.enable();
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(3)
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("input");
        ComputationGraph network = new ComputationGraph(body.apply(graph)
                .addLayer(
                        "output",
                        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                                .nOut(CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "l")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(INPUT.height(), INPUT.width(), INPUT.channels()))
                .build());
        network.init();
        // Biases, gammas and running means that are not zero and one; variances stay above zero.
        INDArray noise = Nd4j.rand(network.params().shape()).muli(0.2).addi(0.01);
        network.params().addi(noise);
        return network;
    }

    private static List<Pixels> pictures() throws IOException {
        Random random = new Random(5);
        List<Pixels> pictures = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] samples = new byte[INPUT.channels() * INPUT.height() * INPUT.width()];
            random.nextBytes(samples);
            pictures.add(new Pixels(INPUT.channels(), INPUT.height(), INPUT.width(), samples));
        }
        return pictures;
    }

    private static Arguments layer(String name, Layer layer) {
        return Arguments.of(name, layer);
    }

    private static Arguments activation(Activation activation) {
        return layer(
                activation.name(),
                new ActivationLayer.Builder().activation(activation).build());
    }

    private static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(3, 3).nOut(6).build();
    }

    private static ActivationLayer relu() {
        return new ActivationLayer.Builder().activation(Activation.RELU).build();
    }

    private static ConvolutionLayer same(ConvolutionLayer.Builder convolution) {
        return convolution.convolutionMode(ConvolutionMode.Same).build();
    }

    private static SubsamplingLayer pool(SubsamplingLayer.PoolingType type) {
        return new SubsamplingLayer.Builder(type).kernelSize(3, 3).stride(2, 2).build();
    }

    private static SubsamplingLayer samePool() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                .kernelSize(2, 2)
                .stride(2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }
}
