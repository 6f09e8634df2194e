/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.publish;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelPublished;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.training.TrainingProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** On the very first start, when no model exists, publishes the models that ship with Sandpiper. */
@Component
final class SeedModelImporter implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SeedModelImporter.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TrainingProperties properties;
    private final ModelRegistryReader registry;
    private final ModelPublisher publisher;
    private final EventPublisher events;

    SeedModelImporter(
            TrainingProperties properties,
            ModelRegistryReader registry,
            ModelPublisher publisher,
            EventPublisher events) {
        this.properties = properties;
        this.registry = registry;
        this.publisher = publisher;
        this.events = events;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException, InterruptedException {
        Path folder = properties.seedModels();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        if (!registry.awaitCaughtUp(Instant.now(), LIMIT)) {
            throw new IllegalStateException("model-events could not be read within " + LIMIT);
        }
        if (!registry.current().models().isEmpty()) {
            return;
        }
        for (Path model : archives(folder)) {
            importArchive(model);
        }
    }

    private static List<Path> archives(Path folder) throws IOException {
        try (Stream<Path> models = Files.list(folder)) {
            return models.filter(m -> Files.isRegularFile(m.resolve(ModelArchive.MANIFEST)))
                    .sorted()
                    .toList();
        }
    }

    private void importArchive(Path folder) throws IOException {
        try {
            ModelArchive archive = ModelArchive.read(
                    Files.readAllBytes(folder.resolve(ModelArchive.MANIFEST)), (name, maxBytes) -> read(folder, name));
            ModelManifest manifest = archive.manifest();
            ModelVersion version = publisher.store(draft(archive));
            events.publish(new ModelPublished(version, null, Instant.now()));
            events.publish(new ModelPromoted(version, "ships with Sandpiper: " + accuracy(manifest), Instant.now()));
            LOG.info("Imported model {} version {}", manifest.model(), version.version());
        } catch (InvalidArchiveException e) {
            LOG.error("The model in {} is not imported: {}", folder, e.getMessage());
        }
    }

    private static Optional<byte[]> read(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    private static ModelPublisher.Draft draft(ModelArchive archive) {
        ModelManifest manifest = archive.manifest();
        return new ModelPublisher.Draft(
                manifest.model(),
                null,
                manifest.labels(),
                manifest.input(),
                manifest.logits(),
                manifest.engine(),
                manifest.engineReason(),
                manifest.recipe(),
                manifest.width(),
                manifest.datasetDigest(),
                manifest.metrics(),
                manifest.origin(),
                archive.parts(),
                null,
                manifest.createdAt());
    }

    private static String accuracy(ModelManifest manifest) {
        Double accuracy = manifest.metrics().get(ModelVersion.ACCURACY);
        return accuracy == null
                ? "accuracy unknown"
                : String.format(Locale.ROOT, "%.2f %% of its held-out pictures right", 100 * accuracy);
    }
}
