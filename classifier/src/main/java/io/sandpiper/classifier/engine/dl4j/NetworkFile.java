/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network as a zip that DL4J's own ModelSerializer can read as well. We do not read with ModelSerializer: it
 * deserializes any Java class it finds in the zip, and inflates without a limit.
 */
public final class NetworkFile {

    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    /** Inflated size by entry; another entry is refused. */
    private static final Map<String, Long> ENTRIES = Map.of(CONFIGURATION, 1L << 20, COEFFICIENTS, 1L << 30);
    /** Weights hardly compress: what inflates further is no network, and is not inflated. */
    private static final long MAX_RATIO = 20;

    private static final long MIN_LIMIT = 1L << 16;

    private static final Pattern CLASS_NAME = Pattern.compile("\"@class\"\\s*:\\s*\"([^\"]*)\"");

    private NetworkFile() {}

    public static byte[] write(ComputationGraph network) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(entry(CONFIGURATION));
            zip.write(network.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.putNextEntry(entry(COEFFICIENTS));
            DataOutputStream data = new DataOutputStream(zip);
            Nd4j.write(network.params(), data);
            data.flush();
            zip.closeEntry();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when the file is not a network, or more than one */
    public static ComputationGraph read(byte[] file) throws IOException {
        Map<String, byte[]> entries = inflate(file);
        OneDnn.enable();
        String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
        refuseForeignClasses(json);
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(entries.get(COEFFICIENTS)))) {
            return network(json, Nd4j.read(data));
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }

    /** A sequential network is read as the graph that it is: everything behind this knows one kind of network. */
    private static ComputationGraph network(String json, INDArray coefficients) {
        if (json.contains("\"vertices\"")) {
            ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
            graph.init(coefficients, false);
            return graph;
        }
        MultiLayerNetwork sequential = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
        sequential.init(coefficients, false);
        return sequential.toComputationGraph();
    }

    private static Map<String, byte[]> inflate(byte[] file) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Long limit = ENTRIES.get(entry.getName());
                if (limit == null || entries.containsKey(entry.getName())) {
                    throw new IOException("unexpected entry in the network file");
                }
                long allowed = Math.min(limit, Math.max(MIN_LIMIT, MAX_RATIO * file.length));
                byte[] content = zip.readNBytes(Math.toIntExact(allowed + 1));
                if (content.length > allowed) {
                    throw new IOException(entry.getName() + " is larger than " + allowed + " bytes");
                }
                entries.put(entry.getName(), content);
            }
        }
        if (entries.size() != ENTRIES.size()) {
            throw new IOException("the network file lacks " + CONFIGURATION + " or " + COEFFICIENTS);
        }
        return entries;
    }

    /** The configuration names its layers by class; only DL4J's and ND4J's may be made from it. */
    private static void refuseForeignClasses(String json) throws IOException {
        Matcher names = CLASS_NAME.matcher(json);
        while (names.find()) {
            if (!names.group(1).startsWith("org.deeplearning4j.nn.")
                    && !names.group(1).startsWith("org.nd4j.")) {
                throw new IOException("the network file names a foreign class");
            }
        }
    }

    /** Without the current time, so that the same network is the same file. */
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        return entry;
    }
}
