/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.cli.data.Catalogue;
import io.sandpiper.cli.data.DatasetException;
import io.sandpiper.cli.data.DatasetFile;
import io.sandpiper.cli.data.Download;
import io.sandpiper.cli.data.NamedDataset;
import io.sandpiper.cli.data.PictureFormat;
import io.sandpiper.cli.data.PictureSource;
import io.sandpiper.cli.data.Selection;
import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Labelled pictures as they are found elsewhere. */
@Command(name = "data", description = "Brings in labelled pictures.", mixinStandardHelpOptions = true)
final class DataCommand {

    private static final double MEGABYTE = 1e6;

    private final ApiClient api;
    private final Path folder;

    @Spec
    private @Nullable CommandSpec spec;

    /** @param folder with datasets.yaml, and the cache unless there is another one */
    DataCommand(ApiClient api, Path folder) {
        this.api = api;
        this.folder = folder;
    }

    @Command(
            name = "import",
            description = "Uploads labelled pictures as training images of a model, and does not train.",
            mixinStandardHelpOptions = true)
    int importPictures(
            @Parameters(paramLabel = "MODEL", description = "Name of the model: lower-case letters, digits, hyphens.")
                    String model,
            @Parameters(
                            paramLabel = "SOURCE",
                            description = {
                                "A folder with a folder for each class, or with train and test and these in them;",
                                "a folder with MNIST's idx files; CIFAR-10's binary files, as a folder or tar.gz;",
                                "a zip with a folder for each class;",
                                "or, where nothing is called so, the name of a data set, which is fetched: see",
                                "./sandpiper data list."
                            })
                    String source,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "folder, mnist, cifar10 or zip, where looking at SOURCE does not tell.")
                    @Nullable
                    PictureFormat format,
            @Option(names = "--split", paramLabel = "SIDE", description = "Only train, or only test.") @Nullable
                    Split split,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            description =
                                    "So many pictures in all, the same ones each time; each class gets its share.")
                    @Nullable
                    Integer limit,
            @Option(
                            names = "--cache",
                            paramLabel = "FOLDER",
                            description = "Where fetched files are kept (default: data/cache beside the launcher).")
                    @Nullable
                    Path cache) {
        if (!Names.isModelName(model)) {
            throw new CliException(
                    model + " is no name of a model. It has up to 63 lower-case letters, digits and hyphens.");
        }
        if (limit != null && limit < 1) {
            throw new CliException("--limit is 1 or more.");
        }
        ProgressBar progress = new ProgressBar(spec);
        Path path = Path.of(source);
        PictureFormat found = format;
        if (!Files.exists(path)) {
            NamedDataset dataset = named(source);
            path = new Download(cache == null ? folder.resolve("cache") : cache, new Shown(progress)).fetch(dataset);
            found = dataset.format();
        } else if (found == null) {
            found = PictureFormat.of(path);
        }
        try (PictureSource pictures = found.open(path)) {
            BitSet chosen = Selection.choose(pictures.groups(), split, limit);
            if (chosen.isEmpty()) {
                throw new CliException(path + " has no pictures of that side: leave out --split.");
            }
            progress.line("%s: %d of its %d pictures."
                    .formatted(path, chosen.cardinality(), pictures.groups().size()));
            boolean any = PictureUpload.run(api, model, progress, pictures, chosen);
            return any ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    @Command(
            name = "list",
            description = "Shows the data sets that can be imported by name.",
            mixinStandardHelpOptions = true)
    int list() {
        PrintWriter out = Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut();
        for (NamedDataset dataset : catalogue().datasets()) {
            out.println("%s: %s".formatted(dataset.name(), dataset.title()));
            out.println("  %d pictures, %d classes: %s"
                    .formatted(dataset.pictures(), dataset.labels().size(), String.join(", ", dataset.labels())));
            out.println("  %s; %s"
                    .formatted(size(dataset), dataset.isFree() ? "no account needed" : "its page asks for an account"));
            out.println("  licence: " + dataset.licence());
            out.println("  " + dataset.origin());
            if (dataset.note() != null) {
                out.println("  " + dataset.note());
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Catalogue catalogue() {
        return Catalogue.read(folder.resolve("datasets.yaml"));
    }

    private NamedDataset named(String name) {
        Catalogue catalogue = catalogue();
        return catalogue
                .find(name)
                .orElseThrow(
                        () -> new DatasetException("There is no file or folder %s, and no data set of that name: %s."
                                .formatted(name, catalogue.names())));
    }

    private static String size(NamedDataset dataset) {
        long bytes = 0;
        for (DatasetFile file : dataset.files()) {
            if (file.bytes() == null) {
                return "size not known";
            }
            bytes += file.bytes();
        }
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }

    /** Shows how fetching gets on. */
    private record Shown(ProgressBar progress) implements Download.Listener {

        @Override
        public void received(String file, long bytes, long total) {
            if (total > 0) {
                progress.showNowAndThen(
                        "Fetching",
                        (double) bytes / total,
                        String.format(Locale.ROOT, "%s, %.1f of %.1f MB", file, bytes / MEGABYTE, total / MEGABYTE));
            }
        }

        @Override
        public void told(String line) {
            progress.line(line);
        }
    }
}
