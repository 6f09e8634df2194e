/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.pretrained;

import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.fit.recipe.Recipe.Pretrained;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.apache.commons.io.input.BoundedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The folder of pre-trained weights. What a recipe gives an address for is fetched once and kept there; an address
 * never comes from a request.
 */
@Component
public final class PretrainedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(PretrainedFiles.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration FETCH_LIMIT = Duration.ofMinutes(10);

    /** What comes after is not read; the sha256 then tells. */
    private static final long MAX_BYTES = 1L << 30;

    private final Path folder;

    PretrainedFiles(TrainingProperties properties) {
        this.folder = properties.pretrained();
    }

    /** Blocks while a file is fetched. */
    public PretrainedWeights load(Pretrained wanted) throws UnusableWeightsException, InterruptedException {
        if (!Names.isFileName(wanted.file())) {
            throw new UnusableWeightsException(
                    "The name of a file of pre-trained weights has letters, digits, . _ - only.");
        }
        Path file = folder.resolve(wanted.file());
        try {
            if (!Files.isRegularFile(file)) {
                fetch(wanted, file);
            }
            String sha256 = Sha256.of(file);
            if (wanted.sha256() != null && !wanted.sha256().equalsIgnoreCase(sha256)) {
                throw new UnusableWeightsException(
                        "%s is not the file that the recipe names: its sha256 is %s.".formatted(wanted.file(), sha256));
            }
            return PretrainedWeights.read(file, "%s (sha256 %s)".formatted(wanted.file(), sha256));
        } catch (IOException e) {
            throw new UnusableWeightsException("%s cannot be read: %s".formatted(wanted.file(), e.getMessage()), e);
        }
    }

    private void fetch(Pretrained wanted, Path file)
            throws UnusableWeightsException, IOException, InterruptedException {
        URI address = wanted.address();
        if (address == null) {
            throw new UnusableWeightsException(
                    "There is no file %s in the training worker's folder %s; put it there, or give the recipe its address."
                            .formatted(wanted.file(), folder));
        }
        LOG.info("Fetching {} from {}", wanted.file(), address.getHost());
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, wanted.file(), ".part");
        try {
            HttpClient http = HttpClient.newBuilder()
                    .connectTimeout(CONNECT_LIMIT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            HttpResponse<InputStream> response = http.send(
                    HttpRequest.newBuilder(address).timeout(FETCH_LIMIT).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new UnusableWeightsException("%s answered %d for %s; put the file into %s yourself."
                        .formatted(address.getHost(), response.statusCode(), wanted.file(), folder));
            }
            try (InputStream body = BoundedInputStream.builder()
                    .setInputStream(response.body())
                    .setMaxCount(MAX_BYTES)
                    .get()) {
                Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Sha256.of(part).equalsIgnoreCase(wanted.sha256())) {
                throw new UnusableWeightsException("What %s sent for %s has another sha256 than the recipe says."
                        .formatted(address.getHost(), wanted.file()));
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
