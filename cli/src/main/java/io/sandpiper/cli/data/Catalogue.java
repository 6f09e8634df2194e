/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The data sets that have a name: a YAML file. */
public record Catalogue(List<NamedDataset> datasets) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    public Catalogue {
        datasets = List.copyOf(datasets);
    }

    /** @throws DatasetException when the file is not there, or an entry is not complete */
    public static Catalogue read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return YAML.readValue(in, Catalogue.class);
        } catch (IOException e) {
            throw new DatasetException(
                    "Cannot read " + file + ", which describes the data sets that have a name: " + e);
        } catch (JacksonException e) {
            String cause = e.getCause() instanceof IllegalArgumentException wrong
                    ? String.valueOf(wrong.getMessage())
                    : e.getOriginalMessage();
            throw new DatasetException("%s: %s.".formatted(file, cause));
        }
    }

    public Optional<NamedDataset> find(String name) {
        return datasets.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /** For people: all names, with commas. */
    public String names() {
        return datasets.stream().map(NamedDataset::name).collect(Collectors.joining(", "));
    }
}
