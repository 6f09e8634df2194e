/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.cli.data.PictureFormat;
import io.sandpiper.cli.data.PictureSource;
import io.sandpiper.cli.data.Selection;
import io.sandpiper.schemas.Json;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Uploads labelled pictures if there are new ones, asks for a training, and follows it to its end. */
@Command(
        name = "train",
        description = "Trains a model from labelled pictures, and follows the training.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private final ApiClient api;

    @Parameters(paramLabel = "MODEL", description = "Name of the model: lower-case letters, digits, hyphens.")
    private String model = "";

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "A folder for each class; or the folders train and test, with a folder for each class in them."
                            + " Default: what was uploaded before.")
    private @Nullable Path data;

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description =
                    "Architecture: mnist-cnn, cifar10-cnn, mobilenet-v2. Default: what is set for the model, else that of the version in service.")
    private @Nullable String recipe;

    @Option(
            names = "--input-size",
            paramLabel = "PIXELS",
            description =
                    "Height and width of what the network sees. Default: what is set for the model, else the recipe's.")
    private @Nullable Integer inputSize;

    @Option(
            names = "--width",
            paramLabel = "X",
            description = "By how much the recipe's layers are widened, such as 0.35 for MobileNetV2.")
    private @Nullable Double width;

    @Option(
            names = "--pretrained",
            paramLabel = "FILE",
            description = "Weights to begin with: an .h5 file of Keras 2 in the training worker's folder.")
    private @Nullable String pretrained;

    @Option(
            names = "--from",
            paramLabel = "VERSION",
            description = "Whose weights to begin with: champion, scratch, or a version, such as 3.")
    private @Nullable String from;

    @Option(
            names = "--head-epochs",
            paramLabel = "N",
            description = "With weights from elsewhere: the first epochs, in which only the last layer learns.")
    private @Nullable Integer headEpochs;

    @Option(
            names = "--unfreeze",
            paramLabel = "N",
            description = "With weights from elsewhere: how many of the last layers learn after that.")
    private @Nullable Integer unfrozenLayers;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the pictures.")
    private @Nullable Integer epochs;

    @Option(names = "--batch-size", paramLabel = "N", description = "Pictures a step.")
    private @Nullable Integer batchSize;

    @Option(names = "--learning-rate", paramLabel = "X", description = "At its peak.")
    private @Nullable Double learningRate;

    @Option(
            names = "--plateau",
            paramLabel = "N[:X]",
            description =
                    "The learning rate falls by X (default 0.1) after N epochs without a better validation loss, in the place of the cosine.")
    private @Nullable String plateau;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Ends after N epochs without a better validation loss, and keeps the best weights.")
    private @Nullable Integer patience;

    @Option(names = "--keep-best", description = "Keeps the weights of the epoch with the best validation loss.")
    private boolean keepBest;

    @Option(
            names = "--augmentation",
            paramLabel = "none|K=V,...",
            description =
                    "How pictures are changed: flip=0.5 shift=2 (pixels) rotation=10 (degrees) zoom=0.1 brightness=0.2 invert=0.5, with commas.")
    private @Nullable String augmentation;

    @Option(
            names = "--class-weights",
            paramLabel = "none|balanced",
            description = "balanced: rare classes count as much as frequent ones.")
    private @Nullable String classWeights;

    @Option(names = "--clip-norm", paramLabel = "X", description = "Largest norm of a step's gradient.")
    private @Nullable Double clipNorm;

    @Option(names = "--seed", paramLabel = "N", description = "Of weights, order and augmentation.")
    private @Nullable Long seed;

    @Spec
    private @Nullable CommandSpec spec;

    TrainCommand(ApiClient api) {
        this.api = api;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> wanted = hyperparameters();
        if (data != null) {
            upload(data);
        }
        return new JobFollower(api, model, progress())
                .follow(api.call(
                        api.request(path("training-jobs"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(wanted)))
                                .build(),
                        JobFollower.Job.class));
    }

    private void upload(Path folder) {
        try (PictureSource pictures = PictureFormat.FOLDER.open(folder)) {
            PictureUpload.run(api, model, progress(), pictures, Selection.choose(pictures.groups(), null, null));
        }
    }

    private Map<String, Object> hyperparameters() {
        Map<String, Object> wanted = new TreeMap<>();
        putIfGiven(wanted, "recipe", recipe);
        putIfGiven(wanted, "inputSize", inputSize);
        putIfGiven(wanted, "width", width);
        putIfGiven(wanted, "pretrained", pretrained);
        putIfGiven(wanted, "from", from);
        putIfGiven(wanted, "headEpochs", headEpochs);
        putIfGiven(wanted, "unfrozenLayers", unfrozenLayers);
        putIfGiven(wanted, "epochs", epochs);
        putIfGiven(wanted, "batchSize", batchSize);
        putIfGiven(wanted, "learningRate", learningRate);
        putIfGiven(wanted, "seed", seed);
        putIfGiven(wanted, "plateau", plateau == null ? null : TrainOptions.plateau(plateau));
        putIfGiven(wanted, "patience", patience);
        putIfGiven(wanted, "keepBest", keepBest ? true : null);
        putIfGiven(wanted, "augmentation", augmentation == null ? null : TrainOptions.augmentation(augmentation));
        putIfGiven(wanted, "classWeights", classWeights);
        putIfGiven(wanted, "clipNorm", clipNorm);
        return wanted;
    }

    private static void putIfGiven(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    private ProgressBar progress() {
        return new ProgressBar(spec);
    }

    private String path(String rest) {
        return "/v1/models/" + URLEncoder.encode(model, StandardCharsets.UTF_8) + "/" + rest;
    }
}
