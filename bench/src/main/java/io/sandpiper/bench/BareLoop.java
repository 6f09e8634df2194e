/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.image.DataBufferByte;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * JPEGs of 32 x 32 to probabilities on all cores, with a reused JDK reader and ONNX Runtime and nothing else: no checks,
 * no limits. What a system that streams pictures is measured against.
 */
final class BareLoop implements Contender {

    private static final int BATCH = 32;
    private static final int CHANNELS = 3;
    private static final int SIDE = 32;

    private final List<Loop.Turn> turns = new ArrayList<>();

    BareLoop(byte[] onnx, List<byte[]> jpegs) throws OrtException {
        OrtSession session = session(onnx);
        for (int i = 0; i < Subject.CORES; i++) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
            FloatBuffer input = direct(new float[BATCH * CHANNELS * SIDE * SIDE]);
            int[] number = {i};
            turns.add(() -> {
                input.clear();
                for (int n = 0; n < BATCH; n++) {
                    decode(reader, jpegs.get(number[0]++ % jpegs.size()), input);
                }
                return run(session, input.flip(), BATCH);
            });
        }
    }

    /**
     * Runs for so many seconds whenever it reads a line, and answers with a line.
     *
     * @param args a folder of JPEGs, a network as an ONNX file, seconds
     */
    public static void main(String[] args) throws Exception {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BareLoop loop = new BareLoop(Files.readAllBytes(Path.of(args[1])), read(Path.of(args[0])));
        int seconds = Integer.parseInt(args[2]);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (requests.readLine() != null) {
            double sum = 0;
            for (int i = 0; i < seconds; i++) {
                sum += loop.imagesPerSecond();
            }
            answers.println(Child.ANSWER + sum / seconds);
        }
    }

    @Override
    public double imagesPerSecond() throws Exception {
        return Loop.imagesPerSecond(turns);
    }

    static OrtSession session(byte[] onnx) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return OrtEnvironment.getEnvironment().createSession(onnx, options);
    }

    static int run(OrtSession session, FloatBuffer input, int batch) throws OrtException {
        long[] shape = {batch, CHANNELS, SIDE, SIDE};
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), input, shape);
                OrtSession.Result result = session.run(Map.of("input", tensor), Set.of("probabilities"))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().remaining() / Subject.CLASSES;
        }
    }

    static FloatBuffer direct(float[] values) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(values.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return buffer.put(values).flip();
    }

    private static void decode(ImageReader reader, byte[] jpeg, FloatBuffer input) throws IOException {
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(stream, true, true);
            byte[] bgr = ((DataBufferByte) reader.read(0).getRaster().getDataBuffer()).getData();
            for (int c = CHANNELS - 1; c >= 0; c--) {
                for (int p = c; p < bgr.length; p += CHANNELS) {
                    input.put((bgr[p] & 0xff) / 255f);
                }
            }
        }
    }

    private static List<byte[]> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(BareLoop::bytes).toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
