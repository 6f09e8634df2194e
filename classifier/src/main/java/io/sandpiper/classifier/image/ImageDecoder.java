/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import static io.sandpiper.classifier.image.ImageRejectedException.Code.CORRUPT_IMAGE;
import static io.sandpiper.classifier.image.ImageRejectedException.Code.EMPTY_IMAGE;
import static io.sandpiper.classifier.image.ImageRejectedException.Code.IMAGE_TOO_LARGE;
import static io.sandpiper.classifier.image.ImageRejectedException.Code.NOT_AN_IMAGE;
import static io.sandpiper.classifier.image.ImageRejectedException.Code.TRUNCATED_IMAGE;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes what strangers send, with the JDK's own readers, one for WebP, and no others. The header is read first, and a picture over
 * the limits is refused before a pixel of it is allocated; a large one is decoded subsampled. Reuses its readers, so
 * it belongs to one thread.
 */
public final class ImageDecoder {

    /** Decoded at about this many times the wanted size, then averaged down. */
    private static final int OVERSAMPLING = 2;

    /** The WebP reader holds the whole picture, four bytes a pixel, however little of it is wanted. */
    private static final long MAX_WEBP_PIXELS = 16_000_000;

    private final ImageLimits limits;
    private final Map<ImageFormat, ImageReader> readers = new EnumMap<>(ImageFormat.class);

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /** Reads the header only. */
    public ImageHeader inspect(byte[] image) throws ImageRejectedException {
        ImageFormat format = format(image);
        return withReader(image, format, reader -> header(reader, format));
    }

    /** The first frame, upright, resized to {@code height} × {@code width} without keeping its proportions. */
    public Pixels decode(byte[] image, int channels, int height, int width) throws ImageRejectedException {
        ImageFormat format = format(image);
        int orientation = Orientation.of(image, format);
        boolean swapped = Orientation.swapsSides(orientation);
        BufferedImage decoded =
                read(image, format, header -> step(header, swapped ? width : height, swapped ? height : width));
        return Resampler.resize(Orientation.upright(Planes.of(decoded, channels), orientation), height, width);
    }

    /**
     * The first frame, upright, grey or in colours as it came; smaller, in its proportions, when a side is longer than
     * {@code maxSide} pixels.
     */
    public Pixels decodeWithin(byte[] image, int maxSide) throws ImageRejectedException {
        ImageFormat format = format(image);
        BufferedImage decoded = read(image, format, header -> step(header, maxSide, maxSide));
        Pixels upright =
                Orientation.upright(Planes.of(decoded, Planes.isGrey(decoded) ? 1 : 3), Orientation.of(image, format));
        return Resampler.within(upright, maxSide);
    }

    private BufferedImage read(byte[] image, ImageFormat format, ToIntFunction<ImageHeader> step)
            throws ImageRejectedException {
        return withReader(image, format, reader -> {
            ImageHeader header = header(reader, format);
            ImageReadParam param = reader.getDefaultReadParam();
            int every = step.applyAsInt(header);
            param.setSourceSubsampling(every, every, 0, 0);
            AtomicBoolean truncated = new AtomicBoolean();
            reader.addIIOReadWarningListener((source, warning) -> {
                if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                    truncated.set(true);
                }
            });
            BufferedImage pixels = reader.read(0, param);
            if (truncated.get()) {
                throw new ImageRejectedException(TRUNCATED_IMAGE, "The picture ends too early. Send the whole file.");
            }
            return pixels;
        });
    }

    /** Every how many pixels one is taken. */
    private static int step(ImageHeader header, int height, int width) {
        return Math.max(
                1, Math.min(header.width() / (OVERSAMPLING * width), header.height() / (OVERSAMPLING * height)));
    }

    private ImageFormat format(byte[] image) throws ImageRejectedException {
        if (image.length == 0) {
            throw new ImageRejectedException(EMPTY_IMAGE, "There is no picture: the body is empty.");
        }
        if (image.length > limits.maxBytes()) {
            throw new ImageRejectedException(
                    IMAGE_TOO_LARGE,
                    "The picture has %d bytes, the limit is %d.".formatted(image.length, limits.maxBytes()));
        }
        ImageFormat format = ImageFormat.of(image)
                .orElseThrow(() -> new ImageRejectedException(
                        NOT_AN_IMAGE, "These bytes are not a PNG, JPEG, GIF, BMP or WebP picture."));
        Structure.check(image, format);
        return format;
    }

    private ImageHeader header(ImageReader reader, ImageFormat format) throws IOException, ImageRejectedException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width < 1 || height < 1) {
            throw new ImageRejectedException(CORRUPT_IMAGE, "The picture says it has no pixels.");
        }
        long maxPixels =
                format == ImageFormat.WEBP ? Math.min(MAX_WEBP_PIXELS, limits.maxPixels()) : limits.maxPixels();
        if (width > limits.maxSide() || height > limits.maxSide() || (long) width * height > maxPixels) {
            throw new ImageRejectedException(
                    IMAGE_TOO_LARGE,
                    "The picture has %d x %d pixels, the limits are %d pixels and %d a side."
                            .formatted(width, height, maxPixels, limits.maxSide()));
        }
        return new ImageHeader(format, width, height);
    }

    private <T> T withReader(byte[] image, ImageFormat format, Decoding<T> decoding) throws ImageRejectedException {
        ImageReader reader = readers.computeIfAbsent(format, ImageDecoder::newReader);
        try (ImageInputStream input = input(image, format)) {
            reader.setInput(input, true, true); // without metadata: it can be made to inflate to gigabytes
            return decoding.decode(reader);
        } catch (EOFException | ZeroPaddedInput.EndedException e) {
            throw new ImageRejectedException(TRUNCATED_IMAGE, "The picture ends too early. Send the whole file.");
        } catch (IOException | RuntimeException e) {
            // Hostile headers make the JDK's readers throw unchecked exceptions of many types.
            throw new ImageRejectedException(CORRUPT_IMAGE, "The picture cannot be decoded: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            // Within the limits of pixels a reader may still ask for more than there is.
            throw new ImageRejectedException(IMAGE_TOO_LARGE, "The picture takes more memory than there is.");
        } finally {
            reader.reset();
        }
    }

    private static ImageInputStream input(byte[] image, ImageFormat format) {
        return format == ImageFormat.WEBP
                ? new ZeroPaddedInput(image)
                : new MemoryCacheImageInputStream(new ByteArrayInputStream(image));
    }

    /** By class: another library on the class path may have registered a reader that goes first. */
    private static ImageReader newReader(ImageFormat format) {
        if (format == ImageFormat.WEBP) {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
        for (var readers = ImageIO.getImageReadersByFormatName(format.name()); readers.hasNext(); ) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
        }
        throw new IllegalStateException("this Java platform cannot read " + format);
    }

    @FunctionalInterface
    private interface Decoding<T> {
        T decode(ImageReader reader) throws IOException, ImageRejectedException;
    }
}
