/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.http.Submissions.Submission;
import io.sandpiper.ingest.oip.InferRequest;
import io.sandpiper.ingest.oip.InferResponse;
import io.sandpiper.ingest.oip.InvalidTensorException;
import io.sandpiper.ingest.oip.TensorPictures;
import io.sandpiper.ingest.oip.TensorPictures.Parsed;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The Open Inference Protocol: synchronous to its clients, over the same topics as everything else. */
@RestController
final class InferenceController {

    private static final int MAX_PICTURES = 256;
    private static final int AT_ONCE = 16;
    /** A picture in base64, and some more: of small ones a request may have many. */
    private static final int PICTURES_OF_BYTES = 2;

    private final IngestProperties properties;
    private final ModelRegistryReader registry;
    private final Admission admission;
    private final Submissions submissions;
    private final Results results;
    private final Readiness readiness;
    private final Scheduler blockingCalls;
    private final TensorPictures tensors;

    InferenceController(
            IngestProperties properties,
            ModelRegistryReader ingestModelRegistry,
            Admission admission,
            Submissions submissions,
            Results results,
            Readiness readiness,
            Scheduler blockingCalls) {
        this.properties = properties;
        this.registry = ingestModelRegistry;
        this.admission = admission;
        this.submissions = submissions;
        this.results = results;
        this.readiness = readiness;
        this.blockingCalls = blockingCalls;
        this.tensors = new TensorPictures(properties.imageLimits(), MAX_PICTURES);
    }

    record ServerView(String name, List<String> extensions) {}

    record LiveView(boolean live) {}

    record ReadyView(boolean ready) {}

    record ModelReadyView(String name, boolean ready) {}

    record TensorView(String name, String datatype, List<Integer> shape) {}

    record ModelView(
            String name, List<String> versions, String platform, List<TensorView> inputs, List<TensorView> outputs) {}

    @GetMapping("/v2")
    ServerView server() {
        return new ServerView("sandpiper", List.of("binary_tensor_data"));
    }

    @GetMapping("/v2/health/live")
    LiveView live() {
        return new LiveView(true);
    }

    @GetMapping("/v2/health/ready")
    ResponseEntity<ReadyView> ready() {
        HttpStatus status = readiness.status();
        return ResponseEntity.status(status).body(new ReadyView(status.is2xxSuccessful()));
    }

    @GetMapping({"/v2/models/{model}/ready", "/v2/models/{model}/versions/{version}/ready"})
    ModelReadyView modelReady(@PathVariable String model, @PathVariable(required = false) @Nullable String version) {
        requireServing(model, version);
        return new ModelReadyView(model, true);
    }

    @GetMapping({"/v2/models/{model}", "/v2/models/{model}/versions/{version}"})
    ModelView model(@PathVariable String model, @PathVariable(required = false) @Nullable String version) {
        ModelVersion serving = requireServing(model, version);
        return new ModelView(
                model,
                List.of(serving.version()),
                "sandpiper",
                List.of(
                        new TensorView("image", "BYTES", List.of(-1)),
                        new TensorView("pixels", "FP32", List.of(-1, -1, -1, -1)),
                        new TensorView("pixels", "UINT8", List.of(-1, -1, -1, -1))),
                InferResponse.OUTPUTS.entrySet().stream()
                        .map(o -> new TensorView(
                                o.getKey(),
                                o.getValue(),
                                o.getKey().startsWith("top_") ? List.of(-1, -1) : List.of(-1)))
                        .toList());
    }

    @PostMapping({"/v2/models/{model}/infer", "/v2/models/{model}/versions/{version}/infer"})
    Mono<InferResponse> infer(
            @PathVariable String model,
            @PathVariable(required = false) @Nullable String version,
            @RequestHeader(name = "Inference-Header-Content-Length", required = false) @Nullable Integer jsonBytes,
            ServerWebExchange exchange) {
        requireServing(model, version);
        Holder holder = ApiKeyFilter.holder(exchange);
        long limit = PICTURES_OF_BYTES * properties.imageLimits().maxBytes();
        long announced = exchange.getRequest().getHeaders().getContentLength();
        return Mono.using(
                        () -> admission.reserve(Math.max(0, Math.min(limit, announced))),
                        memory -> Bodies.read(exchange.getRequest().getBody(), limit, memory)
                                .flatMap(body -> Mono.fromCallable(() -> parse(body, jsonBytes))
                                        .subscribeOn(blockingCalls)))
                .flatMap(parsed -> infer(holder, model, parsed));
    }

    private Parsed parse(byte[] body, @Nullable Integer jsonBytes) {
        try {
            Parsed parsed = tensors.parse(body, jsonBytes);
            for (String output : wanted(parsed.request())) {
                if (!InferResponse.OUTPUTS.containsKey(output)) {
                    throw invalid("There is no output %s, only %s.".formatted(output, InferResponse.OUTPUTS.keySet()));
                }
            }
            return parsed;
        } catch (InvalidTensorException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private Mono<InferResponse> infer(Holder holder, String model, Parsed parsed) {
        Instant end = Instant.now().plus(properties.maxWait());
        Submission submission = new Submission(model, "application/octet-stream", -1, end, null, null);
        return Flux.fromIterable(parsed.pictures())
                .flatMapSequential(picture -> submissions.submit(holder, submission, picture), AT_ONCE)
                .collectList()
                .flatMap(accepted -> Flux.fromIterable(accepted)
                        .flatMapSequential(
                                one -> results.await(one.id(), Duration.between(Instant.now(), end)), MAX_PICTURES)
                        .collectList())
                .map(answers -> answer(model, parsed, answers));
    }

    private static InferResponse answer(String model, Parsed parsed, List<PredictionCompleted> answers) {
        if (answers.size() < parsed.pictures().size()) {
            throw new ApiException(HttpStatus.GATEWAY_TIMEOUT, "no-answer-in-time", "No worker answered in time.");
        }
        return InferResponse.of(model, parsed.request().id(), answers, wanted(parsed.request()));
    }

    private static Set<String> wanted(InferRequest request) {
        return request.outputs() == null
                ? Set.of()
                : request.outputs().stream().map(InferRequest.Output::name).collect(Collectors.toSet());
    }

    /** Only the champion serves: whoever asks for another version is told so. */
    private ModelVersion requireServing(String model, @Nullable String version) {
        submissions.requireModel(model);
        ModelVersion serving = registry.current().champion(model);
        if (serving == null || (version != null && !version.equals(serving.version()))) {
            throw new ApiException(
                    HttpStatus.NOT_FOUND, "version-not-serving", "That version of the model does not serve now.");
        }
        return serving;
    }

    private static ApiException invalid(String detail) {
        return new ApiException(HttpStatus.BAD_REQUEST, "invalid-tensor", detail);
    }
}
