/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import static io.sandpiper.training.report.Numbers.count;
import static io.sandpiper.training.report.Numbers.fixed;
import static io.sandpiper.training.report.Numbers.percent;
import static io.sandpiper.training.report.Numbers.pictures;

import io.sandpiper.schemas.DatasetReport.Brightness;
import io.sandpiper.schemas.DatasetReport.ClassFigures;
import io.sandpiper.schemas.DatasetReport.Resolution;
import io.sandpiper.schemas.EvaluationReport.Bin;
import io.sandpiper.schemas.EvaluationReport.Calibration;
import io.sandpiper.training.evaluate.PromotionGate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What figures say, in a sentence each; null when they say nothing beyond themselves. */
final class Sentences {

    /** Closer to the truth than this is close enough for most uses of a probability. */
    private static final double CALIBRATED = 0.02;

    private static final int MOST_CONFUSIONS = 5;
    /** One picture that is taken for another class is a mistake, two are a confusion. */
    private static final long CONFUSED = 2;

    private static final double UNBALANCED = 1.5;
    /** Share of samples that makes a background. */
    private static final double BACKGROUND = 0.5;
    /** Share of samples that makes a range. */
    private static final double NEARLY_ALL = 0.98;
    /** Standard deviations between two classes: few pictures of one are as bright as the other's mean. */
    private static final double TOLD_BY_BRIGHTNESS = 2;

    private static final double MANY = 0.1;
    /** How many times longer one side is than the other before squeezing it square changes what is seen. */
    private static final double OBLONG = 1.5;

    private Sentences() {}

    /** @return null when confidence and accuracy hardly differ */
    static @Nullable String calibration(Calibration calibration) {
        if (calibration.expectedError() < CALIBRATED) {
            return null;
        }
        double images = 0;
        double confidence = 0;
        double right = 0;
        for (Bin bin : calibration.bins()) {
            if (bin.confidence() != null && bin.accuracy() != null) {
                images += bin.images();
                confidence += bin.images() * bin.confidence();
                right += bin.images() * bin.accuracy();
            }
        }
        double over = (confidence - right) / images;
        if (Math.abs(over) < calibration.expectedError() / 2) {
            return "Too sure in some ranges and not sure enough in others: its probabilities are %s points off, on average."
                    .formatted(fixed(100 * calibration.expectedError(), 1));
        }
        return "%s: on average it gives its answers %s and is right in %s of the cases."
                .formatted(
                        over > 0 ? "Surer than it is right" : "Right more often than it is sure",
                        percent(confidence / images),
                        percent(right / images));
    }

    /**
     * Pairs of classes that are taken for each other, most frequent first.
     *
     * @param confusion rows are the true classes
     */
    static List<String> confusions(List<String> labels, List<List<Long>> confusion) {
        record Pair(int a, int b, long both) {}
        List<Pair> pairs = new ArrayList<>();
        for (int a = 0; a < labels.size(); a++) {
            for (int b = a + 1; b < labels.size(); b++) {
                long ab = confusion.get(a).get(b);
                long ba = confusion.get(b).get(a);
                if (ab + ba >= CONFUSED) {
                    pairs.add(ab >= ba ? new Pair(a, b, ab + ba) : new Pair(b, a, ab + ba));
                }
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparingLong(Pair::both).reversed())
                .limit(MOST_CONFUSIONS)
                .map(p -> confusion(labels, confusion, p.a(), p.b()))
                .toList();
    }

    private static String confusion(List<String> labels, List<List<Long>> confusion, int a, int b) {
        long support = confusion.get(a).stream().mapToLong(n -> n).sum();
        long ab = confusion.get(a).get(b);
        long ba = confusion.get(b).get(a);
        String there = "%s of %s of %s %s taken for %s (%s)"
                .formatted(
                        count(ab),
                        pictures(support),
                        labels.get(a),
                        ab == 1 ? "was" : "were",
                        labels.get(b),
                        percent((double) ab / support));
        return ba == 0 ? there + "." : there + ", and %s the other way round.".formatted(count(ba));
    }

    /** What is worst about how the pictures are spread over the classes. */
    static @Nullable String classes(List<ClassFigures> classes) {
        ClassFigures heldOut = least(classes, Comparator.comparingLong(ClassFigures::test));
        ClassFigures least = least(classes, Comparator.comparingLong(ClassFigures::train));
        ClassFigures most =
                least(classes, Comparator.comparingLong(ClassFigures::train).reversed());
        if (least.train() == 0) {
            return "There was no picture of %s to learn from: it is never predicted but by chance."
                    .formatted(least.label());
        }
        if (heldOut.test() == 0) {
            return "No picture of %s was held out: how well it is recognised is not known.".formatted(heldOut.label());
        }
        if (most.train() >= UNBALANCED * least.train()) {
            return "The largest class has %s times as many pictures to learn from as the smallest: %s of %s, %s of %s."
                    .formatted(
                            fixed((double) most.train() / least.train(), 1),
                            count(most.train()),
                            most.label(),
                            count(least.train()),
                            least.label());
        }
        return heldOut.test() < PromotionGate.SMALLEST_CLASS
                ? "Only %s of %s %s held out: one more mistake takes %s points off its recall."
                        .formatted(
                                pictures(heldOut.test()),
                                heldOut.label(),
                                heldOut.test() == 1 ? "was" : "were",
                                fixed(100.0 / heldOut.test(), 0))
                : null;
    }

    private static ClassFigures least(List<ClassFigures> classes, Comparator<ClassFigures> by) {
        return classes.stream().min(by).orElseThrow();
    }

    /** @param channels shares of equally wide steps from dark to bright */
    static @Nullable String intensity(List<List<Double>> channels) {
        int bins = channels.get(0).size();
        double[] mean = new double[bins];
        for (List<Double> channel : channels) {
            for (int b = 0; b < bins; b++) {
                mean[b] += channel.get(b) / channels.size();
            }
        }
        if (mean[0] >= BACKGROUND || mean[bins - 1] >= BACKGROUND) {
            boolean black = mean[0] >= BACKGROUND;
            return "%s of all samples are %s or nearly so: most of what the network sees is background."
                    .formatted(percent(black ? mean[0] : mean[bins - 1]), black ? "black" : "white");
        }
        int from = 0;
        int to = bins;
        double within = 1;
        while (to - from > 1 && within - Math.min(mean[from], mean[to - 1]) >= NEARLY_ALL) {
            within -= Math.min(mean[from], mean[to - 1]);
            if (mean[from] <= mean[to - 1]) {
                from++;
            } else {
                to--;
            }
        }
        return to - from <= bins / 2
                ? "%s of all samples lie between %d and %d of 255: there is little contrast."
                        .formatted(percent(within), 256 * from / bins, 256 * to / bins - 1)
                : null;
    }

    /** Whether two classes are told apart by how bright their pictures are. */
    static @Nullable String brightness(List<ClassFigures> classes) {
        ClassFigures dark = null;
        ClassFigures bright = null;
        double widest = TOLD_BY_BRIGHTNESS;
        for (ClassFigures a : classes) {
            for (ClassFigures b : classes) {
                double apart = apart(a.brightness(), b.brightness());
                if (apart > widest) {
                    widest = apart;
                    dark = a;
                    bright = b;
                }
            }
        }
        return dark == null || bright == null
                ? null
                : "Brightness alone tells %s (mean %s) from %s (%s): they are %s standard deviations apart, and the network may have learned that."
                        .formatted(
                                dark.label(),
                                fixed(Objects.requireNonNull(dark.brightness()).mean(), 0),
                                bright.label(),
                                fixed(
                                        Objects.requireNonNull(bright.brightness())
                                                .mean(),
                                        0),
                                fixed(widest, 1));
    }

    /** Cohen's d (1988): the distance of the means in pooled standard deviations, of which no less than one level. */
    private static double apart(@Nullable Brightness dark, @Nullable Brightness bright) {
        if (dark == null || bright == null) {
            return 0;
        }
        double pooled = Math.sqrt((dark.sd() * dark.sd() + bright.sd() * bright.sd()) / 2);
        return (bright.mean() - dark.mean()) / Math.max(1, pooled);
    }

    /**
     * Whether fitting the pictures into the network's input changes them much.
     *
     * @param all sizes, none left out
     * @param width of the input, pixels
     */
    static @Nullable String resolutions(List<Resolution> all, int width, int height) {
        double images = all.stream().mapToLong(Resolution::images).sum();
        double small = all.stream()
                .filter(r -> r.width() < width && r.height() < height)
                .mapToLong(Resolution::images)
                .sum();
        if (small >= MANY * images && small > 0) {
            return "%s of the pictures are smaller than the %d x %d pixels that the network sees: blown up, they show nothing new."
                    .formatted(percent(small / images), width, height);
        }
        double squeezed = all.stream()
                .filter(r -> squeeze(r, (double) width / height) > OBLONG)
                .mapToLong(Resolution::images)
                .sum();
        return squeezed >= MANY * images && squeezed > 0
                ? "%s of the pictures are squeezed to less than two thirds along one side to fit into %d x %d pixels: shapes change."
                        .formatted(percent(squeezed / images), width, height)
                : null;
    }

    private static double squeeze(Resolution resolution, double shape) {
        double ratio = (double) resolution.width() / resolution.height() / shape;
        return Math.max(ratio, 1 / ratio);
    }
}
