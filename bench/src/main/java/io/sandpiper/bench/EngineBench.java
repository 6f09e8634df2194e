/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.bench;

import io.sandpiper.schemas.Json;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Measures everything in turns, several times over, so that what else the machine does meets all alike; takes medians,
 * and writes a table and {@code bench/engine.json}.
 */
public final class EngineBench {

    private static final int WARM_UPS = 2;
    private static final int REPETITIONS = 7;
    private static final String HELPERS_OFF = "-Dorg.eclipse.deeplearning4j.helpers.disable=true";

    private final PrintStream out;
    private final Map<String, Contender> contenders = new LinkedHashMap<>();
    private final Map<String, List<Double>> measured = new LinkedHashMap<>();

    private EngineBench(PrintStream out) {
        this.out = out;
    }

    /** One line of the table. */
    private record Row(String name, double imagesPerSecond, List<Double> repetitions) {}

    private record Report(Map<String, String> machine, List<Row> rows, Map<String, Double> ratios) {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args.length > 0 ? args[0] : "bench/engine.json");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        new EngineBench(out).run(file);
        System.exit(0);
    }

    private void run(Path file) throws Exception {
        enter();
        for (int repetition = -WARM_UPS; repetition < REPETITIONS; repetition++) {
            out.printf(
                    "%s %d of %d%n",
                    repetition < 0 ? "Warming up" : "Measuring",
                    repetition < 0 ? repetition + WARM_UPS + 1 : repetition + 1,
                    repetition < 0 ? WARM_UPS : REPETITIONS);
            for (Map.Entry<String, Contender> entry : contenders.entrySet()) {
                double rate = entry.getValue().imagesPerSecond();
                if (repetition >= 0) {
                    measured.computeIfAbsent(entry.getKey(), k -> new ArrayList<>())
                            .add(rate);
                }
            }
        }
        for (Contender contender : contenders.values()) {
            contender.close();
        }
        tell(new Report(machine(), rows(), ratios()), file);
    }

    private void enter() throws Exception {
        Serving serving = new Serving(new Subject());
        for (int batch : new int[] {1, 8, 32, 128}) {
            contenders.put("onnxruntime bare, batch " + batch, serving.bareOnnx(batch));
            contenders.put("engine onnx, batch " + batch, serving.onnx(batch));
        }
        contenders.put("decode", serving.decoding());
        contenders.put("decode + classify, all cores", serving.decodingAndClassifying());
        contenders.put("bare decode + onnxruntime loop, all cores", serving.bareLoop());
        contenders.put("engine dl4j, batch 32", Child.start("infer-dl4j", null));
        contenders.put("dl4j as it comes, batch 32", Child.start("infer-dl4j", null, HELPERS_OFF));
        contenders.put("train", Child.start("train", "1"));
        contenders.put("train dl4j as it comes", Child.start("train-dl4j", null, HELPERS_OFF));
        if (hasPyTorch()) {
            contenders.put("train pytorch", Child.start("train-pytorch", null));
        }
    }

    private static boolean hasPyTorch() {
        return System.getProperty("java.class.path").contains("pytorch-native-cpu");
    }

    private Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (int batch : new int[] {1, 8, 32, 128}) {
            ratios.put(
                    "onnxVsBareBatch" + batch,
                    ratio("engine onnx, batch " + batch, "onnxruntime bare, batch " + batch));
        }
        ratios.put(
                "decodeClassifyVsBareLoop",
                ratio("decode + classify, all cores", "bare decode + onnxruntime loop, all cores"));
        ratios.put("dl4jVsStockBatch32", ratio("engine dl4j, batch 32", "dl4j as it comes, batch 32"));
        ratios.put("trainVsStock", ratio("train", "train dl4j as it comes"));
        if (contenders.containsKey("train pytorch")) {
            ratios.put("trainVsPytorch", ratio("train", "train pytorch"));
        }
        return ratios;
    }

    private double ratio(String ours, String theirs) {
        return median(ours) / median(theirs);
    }

    private double median(String name) {
        List<Double> sorted =
                Objects.requireNonNull(measured.get(name)).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private List<Row> rows() {
        return measured.entrySet().stream()
                .map(e -> new Row(e.getKey(), median(e.getKey()), e.getValue()))
                .toList();
    }

    private void tell(Report report, Path file) throws IOException {
        out.printf("%n%-45s %12s%n", "", "images/s");
        report.rows().forEach(r -> out.printf(Locale.ROOT, "%-45s %12.0f%n", r.name(), r.imagesPerSecond()));
        out.println();
        report.ratios().forEach((name, ratio) -> out.printf(Locale.ROOT, "%-45s %12.2f%n", name, ratio));
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, Json.writePretty(report));
        out.printf("%nMedians of %d repetitions, in turns. Written to %s%n", REPETITIONS, file);
    }

    private static Map<String, String> machine() throws IOException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("cores", String.valueOf(Subject.CORES));
        machine.put("processor", processor());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        return machine;
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "unknown";
        }
        return Files.readAllLines(info).stream()
                .filter(l -> l.startsWith("model name"))
                .map(l -> l.substring(l.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }
}
