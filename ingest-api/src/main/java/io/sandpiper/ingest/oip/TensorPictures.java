/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.oip;

import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.classifier.image.Png;
import io.sandpiper.ingest.oip.InferRequest.Input;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pictures out of a request: encoded ones from a BYTES tensor, pixels from an FP32 or UINT8 one, with values from
 * 0 to 255 and rows from the top. Pixels become PNG, which loses none of them.
 */
public final class TensorPictures {

    private static final int MAX_VALUE = 255;
    private static final int GREY = 1;
    private static final int COLOURS = 3;

    private final ImageLimits limits;
    private final int maxPictures;

    public TensorPictures(ImageLimits limits, int maxPictures) {
        this.limits = limits;
        this.maxPictures = maxPictures;
    }

    /** @param pictures encoded, in the order of the tensor's rows */
    public record Parsed(InferRequest request, List<byte[]> pictures) {}

    /**
     * Reads a request.
     *
     * @param jsonBytes how many bytes of the body are JSON (header Inference-Header-Content-Length); null: all
     */
    public Parsed parse(byte[] body, @Nullable Integer jsonBytes) throws InvalidTensorException {
        int json = jsonBytes == null ? body.length : jsonBytes;
        if (json < 0 || json > body.length) {
            throw new InvalidTensorException("Inference-Header-Content-Length is not within the body.");
        }
        InferRequest request;
        try {
            request = Json.read(Arrays.copyOf(body, json), InferRequest.class);
        } catch (MalformedMessageException e) {
            throw new InvalidTensorException("The body is not the JSON of an inference request.");
        }
        if (request.inputs() == null || request.inputs().size() != 1) {
            throw new InvalidTensorException(
                    "Send one input: BYTES with encoded pictures, or FP32 or UINT8 with pixels.");
        }
        Input input = request.inputs().get(0);
        ByteBuffer behind =
                ByteBuffer.wrap(body, json, body.length - json).slice().order(ByteOrder.LITTLE_ENDIAN);
        if (input.binaryBytes() >= 0 && input.binaryBytes() != behind.remaining()) {
            throw new InvalidTensorException("binary_data_size is %d, but %d bytes come behind the JSON."
                    .formatted(input.binaryBytes(), behind.remaining()));
        }
        try {
            return new Parsed(request, pictures(input, input.binaryBytes() >= 0 ? behind : null));
        } catch (BufferUnderflowException e) {
            throw new InvalidTensorException("The binary data ends too early for the shape.");
        }
    }

    private List<byte[]> pictures(Input input, @Nullable ByteBuffer binary) throws InvalidTensorException {
        int count = count(input);
        return switch (String.valueOf(input.datatype())) {
            case "BYTES" -> binary == null ? encoded(data(input).texts(), count) : encoded(binary, count);
            case "FP32", "UINT8" -> pixels(input, count, binary);
            default ->
                throw new InvalidTensorException(
                        "The datatype %s is none of BYTES, FP32 and UINT8.".formatted(input.datatype()));
        };
    }

    private int count(Input input) throws InvalidTensorException {
        if (input.shape() == null
                || input.shape().isEmpty()
                || input.shape().stream().anyMatch(d -> d == null || d < 1)) {
            throw new InvalidTensorException("The shape has positive dimensions, the first the number of pictures.");
        }
        long count = input.shape().get(0);
        if (count > maxPictures) {
            throw new InvalidTensorException(
                    "At most %d pictures in one request; POST /v1/bulk takes more.".formatted(maxPictures));
        }
        return (int) count;
    }

    private static List<byte[]> encoded(List<String> data, int count) throws InvalidTensorException {
        requireCount(data.size(), count);
        List<byte[]> pictures = new ArrayList<>(count);
        for (String element : data) {
            try {
                pictures.add(Base64.getDecoder().decode(element));
            } catch (IllegalArgumentException e) {
                throw new InvalidTensorException(
                        "In JSON each picture is base64: element %d is not.".formatted(pictures.size()));
            }
        }
        return pictures;
    }

    /** Each with its length in front, four bytes. */
    private static List<byte[]> encoded(ByteBuffer binary, int count) throws InvalidTensorException {
        List<byte[]> pictures = new ArrayList<>(count);
        while (binary.hasRemaining()) {
            int length = binary.getInt();
            if (length < 0 || length > binary.remaining()) {
                throw new InvalidTensorException(
                        "Element %d is longer than the binary data.".formatted(pictures.size()));
            }
            byte[] picture = new byte[length];
            binary.get(picture);
            pictures.add(picture);
        }
        requireCount(pictures.size(), count);
        return pictures;
    }

    private List<byte[]> pixels(Input input, int count, @Nullable ByteBuffer binary) throws InvalidTensorException {
        Layout layout = layout(input.shape());
        boolean bytes = input.datatype().equals("UINT8");
        int samples = layout.channels() * layout.height() * layout.width();
        TensorData data = binary == null ? data(input) : new TensorData();
        long values = binary == null ? data.numberCount() : binary.remaining() / (bytes ? 1 : Float.BYTES);
        requireCount(values, (long) samples * count);
        List<byte[]> pictures = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            byte[] planes = new byte[samples];
            for (int i = 0; i < samples; i++) {
                double value;
                if (binary == null) {
                    value = data.number(n * samples + i);
                } else {
                    value = bytes ? binary.get() & 0xff : binary.getFloat();
                }
                planes[layout.plane(i)] = sample(value);
            }
            pictures.add(Png.encode(new Pixels(layout.channels(), layout.height(), layout.width(), planes)));
        }
        return pictures;
    }

    private static byte sample(double value) throws InvalidTensorException {
        if (!(value >= 0 && value <= MAX_VALUE)) {
            throw new InvalidTensorException("Pixels are from 0 to 255, not %s.".formatted(value));
        }
        return (byte) Math.round(value);
    }

    /** @param channelsLast whether the samples of one pixel lie together */
    private record Layout(int channels, int height, int width, boolean channelsLast) {

        /** Where among planes one after the other the sample lies that is the i-th as sent. */
        int plane(int i) {
            return channelsLast ? i % channels * height * width + i / channels : i;
        }
    }

    private Layout layout(List<Long> shape) throws InvalidTensorException {
        Layout layout = null;
        if (shape.size() == 3) {
            layout = new Layout(GREY, side(shape.get(1)), side(shape.get(2)), false);
        } else if (shape.size() == 4 && isChannels(shape.get(3))) {
            layout = new Layout(side(shape.get(3)), side(shape.get(1)), side(shape.get(2)), true);
        } else if (shape.size() == 4 && isChannels(shape.get(1))) {
            layout = new Layout(side(shape.get(1)), side(shape.get(2)), side(shape.get(3)), false);
        }
        if (layout == null) {
            throw new InvalidTensorException(
                    "The shape of pixels is [n, h, w], [n, h, w, c] or [n, c, h, w], with 1 or 3 channels.");
        }
        if ((long) layout.height() * layout.width() > limits.maxPixels()) {
            throw new InvalidTensorException("A picture has at most %d pixels.".formatted(limits.maxPixels()));
        }
        return layout;
    }

    private static boolean isChannels(long dimension) {
        return dimension == GREY || dimension == COLOURS;
    }

    private int side(long side) throws InvalidTensorException {
        if (side > limits.maxSide()) {
            throw new InvalidTensorException("A picture has at most %d pixels a side.".formatted(limits.maxSide()));
        }
        return (int) side;
    }

    private static void requireCount(long there, long wanted) throws InvalidTensorException {
        if (there != wanted) {
            throw new InvalidTensorException("The shape asks for %d elements, there are %d.".formatted(wanted, there));
        }
    }

    private static TensorData data(Input input) throws InvalidTensorException {
        TensorData data = input.data();
        if (data == null) {
            throw new InvalidTensorException("The input has no data.");
        }
        return data;
    }
}
