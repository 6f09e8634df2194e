/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.objectstore;

import io.sandpiper.schemas.Sha256;
import java.nio.charset.StandardCharsets;

/** Where things lie in the bucket. Only model names, versions, hashes and ids become part of a key: never free text. */
public final class ObjectKeys {

    /** Where others drop pictures, and where those lie that were picked up, or refused. */
    public static final String INBOX = "inbox/";

    public static final String INBOX_DONE = "inbox-done/";
    public static final String INBOX_REFUSED = "inbox-refused/";

    public static final String CLAIMS = "claims/";
    public static final String UPLOADS = "uploads/";
    public static final String EXPLANATIONS = "explanations/";
    public static final String TRAINING_IMAGES = "training-images/";

    private ObjectKeys() {}

    /** All versions of a model. */
    public static String modelPrefix(String model) {
        return "models/" + model + "/";
    }

    /** One file of a version's archive. */
    public static String archivePart(String model, String version, String part) {
        return modelPrefix(model) + version + "/" + part;
    }

    /** How a version did on pictures it never saw. */
    public static String report(String model, String version) {
        return archivePart(model, version, "report.json");
    }

    /** Of a version that was evaluated anew by that job; beside its archive, and no part of it. */
    public static String evaluationPart(String model, String version, String jobId, String part) {
        return archivePart(model, version, "evaluations/" + jobId + "/" + part);
    }

    /** What a version made of the held-out pictures when it was evaluated anew last. */
    public static String evaluatedProfile(String model, String version) {
        return archivePart(model, version, "evaluations/profile.json");
    }

    /** The same picture under two labels is one object. */
    public static String trainingImage(String model, String sha256) {
        return trainingImagePrefix(model) + sha256;
    }

    public static String datasetSnapshot(String model, String digest) {
        return "datasets/" + model + "/" + digest + ".json";
    }

    /** What was found when the pictures of a snapshot were looked through. */
    public static String datasetCheck(String model, String digest) {
        return "datasets/" + model + "/" + digest + ".check.json";
    }

    /** Of a training job; an empty name is the prefix of them all. */
    public static String checkpoint(String jobId, String name) {
        return "training-jobs/" + jobId + "/" + name;
    }

    /** Of labelled pictures. */
    public static String trainingImagePrefix(String model) {
        return TRAINING_IMAGES + model + "/";
    }

    /** A picture that is too large for its topic. */
    public static String claim(String predictionId) {
        return CLAIMS + predictionId;
    }

    /** Whoever writes to the topics names claims: nothing else of ours may be read that way. */
    public static boolean isClaim(String key) {
        return key.startsWith(CLAIMS) && key.indexOf('/', CLAIMS.length()) < 0;
    }

    /** A heat map over its picture. */
    public static String explanation(String explanationId) {
        return EXPLANATIONS + explanationId;
    }

    /** A file that was sent in and waits for whoever has use for it. */
    public static String upload(String sha256) {
        return UPLOADS + sha256;
    }

    /** Something all instances of a service share, such as the key that marks prediction ids as ours. */
    public static String shared(String name) {
        return "shared/" + Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
}
