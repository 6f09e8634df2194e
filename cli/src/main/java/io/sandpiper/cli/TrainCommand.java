/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.cli.LabelledFolder.LabelledFiles;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Uploads labelled pictures, asks for a training, and follows it to its end. */
@Command(
        name = "train",
        description = "Trains a model from a folder with a folder for each class, and follows the training.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private static final int FILES_A_CALL = 500;
    private static final long BYTES_A_CALL = 16 << 20;

    private final ApiClient api;

    @Parameters(paramLabel = "MODEL", description = "Name of the model: lower-case letters, digits, hyphens.")
    private String model = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description =
                    "A folder for each class; or the folders train and test, with a folder for each class in both.")
    private Path data = Path.of("");

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description =
                    "Architecture: mnist-cnn, cifar10-cnn, mobilenet-v2. Default: that of the version in service.")
    private @Nullable String recipe;

    @Option(
            names = "--input-size",
            paramLabel = "PIXELS",
            description = "Height and width of what the network sees. Default: the recipe's.")
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

    private record FileOutcome(String file, @Nullable Reason reason) {}

    private record Upload(long accepted, long rejected, List<FileOutcome> files) {}

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> wanted = hyperparameters();
        upload(LabelledFolder.read(data));
        return new JobFollower(api, model, progress())
                .follow(api.call(
                        api.request(path("training-jobs"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(wanted)))
                                .build(),
                        JobFollower.Job.class));
    }

    private void upload(List<LabelledFiles> classes) {
        long total = classes.stream().mapToLong(c -> c.files().size()).sum();
        long sent = 0;
        long rejected = 0;
        for (LabelledFiles labelled : classes) {
            for (List<Path> files : LabelledFolder.batches(labelled.files(), FILES_A_CALL, BYTES_A_CALL)) {
                Upload upload = upload(labelled, files);
                upload.files().stream().filter(f -> f.reason() != null).forEach(this::tellRejected);
                sent += files.size();
                rejected += upload.rejected();
                progress().show("Uploading", (double) sent / total, sent + " of " + total + " pictures");
            }
        }
        progress().line("Uploaded %d pictures, %d of them refused.".formatted(total, rejected));
    }

    private Upload upload(LabelledFiles labelled, List<Path> files) {
        String query = "?label=" + URLEncoder.encode(labelled.label(), StandardCharsets.UTF_8)
                + (labelled.split() == null ? "" : "&split=" + labelled.split());
        Multipart body = new Multipart("file", files);
        return api.call(
                api.request(path("training-images") + query)
                        .header("Content-Type", body.contentType())
                        .POST(body.publisher())
                        .build(),
                Upload.class);
    }

    private void tellRejected(FileOutcome file) {
        Reason reason = file.reason();
        progress().line("Refused %s: %s".formatted(file.file(), reason == null ? "" : reason.detail()));
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
