/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.oip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * A tensor's data as JSON has it, nested or flat: all texts, and all numbers, in their order. Numbers take four bytes each
 * here, however many there are.
 */
@JsonDeserialize(using = TensorData.Reader.class)
public final class TensorData {

    private final List<String> texts = new ArrayList<>();
    private float[] numbers = new float[16];
    private int count;

    List<String> texts() {
        return texts;
    }

    int numberCount() {
        return count;
    }

    float number(int i) {
        return numbers[i];
    }

    private void add(float number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number;
    }

    static final class Reader extends StdDeserializer<TensorData> {

        Reader() {
            super(TensorData.class);
        }

        @Override
        public TensorData deserialize(JsonParser json, DeserializationContext context) {
            TensorData data = new TensorData();
            int depth = 0;
            for (JsonToken token = json.currentToken(); ; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    depth++;
                } else if (token == JsonToken.END_ARRAY) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING) {
                    data.texts.add(json.getString());
                } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
                    data.add(json.getFloatValue());
                } else {
                    return context.reportInputMismatch(this, "a tensor has numbers or texts");
                }
                if (depth == 0) {
                    return data;
                }
            }
        }
    }
}
