/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorPicturesTest {

    private static final ImageLimits LIMITS = new ImageLimits(1 << 20, 1_000_000, 2_000);
    private final TensorPictures tensors = new TensorPictures(LIMITS, 4);

    @Test
    void encodedPictures_inBase64() throws Exception {
        assertThat(json("BYTES", "[2]", "[\"AQI=\", \"Aw==\"]")).containsExactly(new byte[] {1, 2}, new byte[] {3});
    }

    @Test
    void encodedPictures_behindTheJson() throws Exception {
        byte[] binary = ByteBuffer.allocate(11)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(2)
                .put(new byte[] {1, 2})
                .putInt(1)
                .put((byte) 3)
                .array();

        assertThat(binary("BYTES", "[2]", binary)).containsExactly(new byte[] {1, 2}, new byte[] {3});
    }

    /** The same picture of three rows and two columns, in every way that it may be sent. */
    @Test
    void pixels_inEveryLayout() throws Exception {
        byte[] expected = {0, 10, 20, (byte) 253, (byte) 254, (byte) 255};
        String nested = "[[[0, 10], [20, 253], [254, 255.0]]]";

        for (String shape : List.of("[1, 3, 2]", "[1, 3, 2, 1]", "[1, 1, 3, 2]")) {
            assertThat(samples(json("FP32", shape, nested).get(0), 1)).isEqualTo(expected);
            assertThat(samples(binary("UINT8", shape, expected).get(0), 1)).isEqualTo(expected);
        }
        ByteBuffer floats = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (byte b : expected) {
            floats.putFloat(b & 0xff);
        }
        assertThat(samples(binary("FP32", "[1, 3, 2]", floats.array()).get(0), 1))
                .isEqualTo(expected);
    }

    @Test
    void colours_lieTogether_orPlaneByPlane() throws Exception {
        byte[] planes = {1, 2, 11, 12, 21, 22};
        byte[] together = {1, 11, 21, 2, 12, 22};

        assertThat(samples(binary("UINT8", "[1, 3, 1, 2]", planes).get(0), 3)).isEqualTo(planes);
        assertThat(samples(binary("UINT8", "[1, 1, 2, 3]", together).get(0), 3)).isEqualTo(planes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BYTES | [2]          | ['AQ==']      | asks for 2 elements, there are 1",
                "BYTES | [1]          | ['not base']  | base64",
                "BYTES | [5]          | []            | At most 4 pictures",
                "BYTES | [0]          | []            | positive",
                "BYTES | []           | []            | positive",
                "FP32  | [1, 1, 1]    | [256]         | from 0 to 255",
                "FP32  | [1, 1, 1]    | [-1]          | from 0 to 255",
                "FP32  | [1, 1, 1]    | ['x']         | there are 0",
                "FP32  | [1, 2, 2, 2] | [1]           | 1 or 3 channels",
                "FP32  | [1, 2]       | [1]           | 1 or 3 channels",
                "FP32  | [1, 3000, 1] | [1]           | pixels a side",
                "FP32  | [1, 2000, 2000] | [1]        | at most 1000000 pixels",
                "INT64 | [1]          | [1]           | none of BYTES",
            })
    void whatIsWrong_isSaid(String type, String shape, String data, String said) {
        assertThatThrownBy(() -> json(type, shape, data.replace('\'', '"')))
                .isInstanceOf(InvalidTensorException.class)
                .hasMessageContaining(said);
    }

    @Test
    void binaryData_thatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> binary("BYTES", "[1]", new byte[] {9, 0, 0, 0, 1}))
                .hasMessageContaining("longer than the binary data");
        assertThatThrownBy(() -> binary("BYTES", "[1]", new byte[] {-1, -1, -1, -1}))
                .hasMessageContaining("longer than the binary data");
        assertThatThrownBy(() -> binary("BYTES", "[1]", new byte[] {1, 0})).hasMessageContaining("too early");
        assertThatThrownBy(() -> binary("UINT8", "[1, 2, 2]", new byte[3])).hasMessageContaining("there are 3");
        assertThatThrownBy(() -> tensors.parse(new byte[3], 4)).hasMessageContaining("not within the body");
        assertThatThrownBy(() -> tensors.parse("[]".getBytes(StandardCharsets.UTF_8), null))
                .isInstanceOf(InvalidTensorException.class);
        assertThatThrownBy(() -> tensors.parse("{}".getBytes(StandardCharsets.UTF_8), null))
                .hasMessageContaining("one input");
    }

    private List<byte[]> json(String type, String shape, String data) throws InvalidTensorException {
        return tensors.parse(
                        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}]}"
                                .formatted(type, shape, data)
                                .getBytes(StandardCharsets.UTF_8),
                        null)
                .pictures();
    }

    private List<byte[]> binary(String type, String shape, byte[] data) throws InvalidTensorException {
        byte[] json =
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"%s\",\"shape\":%s,\"parameters\":{\"binary_data_size\":%d}}]}"
                        .formatted(type, shape, data.length)
                        .getBytes(StandardCharsets.UTF_8);
        byte[] body = ByteBuffer.allocate(json.length + data.length)
                .put(json)
                .put(data)
                .array();
        return new ArrayList<>(tensors.parse(body, json.length).pictures());
    }

    private static byte[] samples(byte[] png, int channels) throws Exception {
        ImageDecoder decoder = new ImageDecoder(LIMITS);
        var header = decoder.inspect(png);
        return decoder.decode(png, channels, header.height(), header.width()).samples();
    }
}
