/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the API is, for programs, and for the page that shows it. */
@RestController
final class ContractController {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    @GetMapping("/v1/openapi.yaml")
    ResponseEntity<Resource> openapi() {
        return ResponseEntity.ok().contentType(YAML).body(new ClassPathResource("contract/openapi.yaml"));
    }
}
