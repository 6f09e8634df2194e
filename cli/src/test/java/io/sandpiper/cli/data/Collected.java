/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import javax.imageio.ImageIO;

/** What a source gave. */
final class Collected implements PictureSink {

    final List<PictureGroup> groups = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    final List<byte[]> images = new ArrayList<>();
    final List<String> skipped = new ArrayList<>();

    static Collected all(PictureSource source) {
        return some(source, Selection.choose(source.groups(), null, null));
    }

    static Collected some(PictureSource source, BitSet chosen) {
        Collected collected = new Collected();
        try (source) {
            source.read(chosen, collected);
        }
        return collected;
    }

    @Override
    public void picture(PictureGroup group, String name, byte[] image) {
        groups.add(group);
        names.add(name);
        images.add(image);
    }

    @Override
    public void skipped(String name, String reason) {
        skipped.add(name + ": " + reason);
    }

    BufferedImage image(int i) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(images.get(i)));
    }
}
