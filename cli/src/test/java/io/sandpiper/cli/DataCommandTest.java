/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, against an API that takes everything but files named "bad", and knows those named "known". */
class DataCommandTest {

    private static final Path SHIPPED = Path.of("..", "data");

    @TempDir
    private Path folder;

    private HttpServer api;

    /** Query, how many files, and how many bytes of each call. */
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private final StringWriter output = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/v1/models/pets/training-images", this::take);
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    @Test
    void folder_isUploadedByClassAndSide_andToldOf() throws IOException {
        picture("train/cat/1.png");
        picture("train/cat/bad.png");
        picture("train/dog/known.png");
        picture("test/dog & co/2.png");

        assertThat(run("import", "pets", folder.toString())).isZero();

        assertThat(calls)
                .containsExactly("label=dog & co&split=TEST 1", "label=cat&split=TRAIN 2", "label=dog&split=TRAIN 1");
        assertThat(output.toString())
                .contains("4 of its 4 pictures")
                .contains("Refused bad.png, labelled cat: It is bad.")
                .contains(
                        "Accepted 2 pictures (cat: 1, dog & co: 1). Known already: 1; with a new label or side: 0; refused: 1.");
    }

    @Test
    void limitAndSplit_takeAPart() throws IOException {
        for (int i = 0; i < 10; i++) {
            picture("train/cat/%d.png".formatted(i));
            picture("train/dog/%d.png".formatted(i));
            picture("test/cat/%d.png".formatted(i));
        }

        assertThat(run("import", "pets", folder.toString(), "--limit", "6", "--split", "train"))
                .isZero();

        assertThat(calls).containsExactly("label=cat&split=TRAIN 3", "label=dog&split=TRAIN 3");
        assertThat(output.toString()).contains("6 of its 30 pictures");
    }

    @Test
    void calls_haveFiveHundredFilesAtMost() throws IOException {
        for (int i = 0; i < 501; i++) {
            file("cat/%03d.png".formatted(i), new byte[] {1});
        }

        assertThat(run("import", "pets", folder.toString())).isZero();

        assertThat(calls).containsExactly("label=cat 500", "label=cat 1");
    }

    @Test
    void calls_haveSixteenMebibytesAtMost_unlessOnePictureIsLarger() throws IOException {
        file("cat/1.png", new byte[(16 << 20) + 1]);
        file("cat/2.png", new byte[1]);
        file("cat/3.png", new byte[1]);

        assertThat(run("import", "pets", folder.toString())).isZero();

        assertThat(calls).containsExactly("label=cat 1", "label=cat 2");
    }

    @Test
    void nothingTaken_isAFailure() throws IOException {
        picture("cat/bad.png");

        assertThat(run("import", "pets", folder.toString())).isEqualTo(1);
    }

    @Test
    void zip_isToldByLooking_andHostileNamesStayOnOneLine() throws IOException {
        Path zip = folder.resolve("pictures");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("../cat/1.png"));
            out.write(DrawnDigits.png(1, 1));
            out.putNextEntry(new ZipEntry("line\nAccepted 7 pictures"));
        }

        assertThat(run("import", "pets", zip.toString())).isZero();

        assertThat(calls).containsExactly("label=cat 1");
        assertThat(output.toString().lines())
                .anyMatch(line -> line.startsWith("Skipped line_Accepted 7 pictures: It lies in no folder"));
        assertThat(output.toString()).contains("refused: 1.");
    }

    @Test
    void wrongCalls_areToldWhatToDo() throws IOException {
        picture("cat/1.png");

        assertThat(run("import", "Pets!", folder.toString())).isEqualTo(1);
        assertThat(run("import", "pets", folder.toString(), "--limit", "0")).isEqualTo(1);
        assertThat(run("import", "pets", folder.toString(), "--split", "test")).isEqualTo(1);
        assertThat(run("import", "pets", folder.toString(), "--format", "mnist"))
                .isEqualTo(1);
        assertThat(run("import", "pets", folder.resolve("nowhere").toString())).isEqualTo(1);

        assertThat(output.toString())
                .contains("Pets! is no name of a model")
                .contains("--limit is 1 or more")
                .contains("no pictures of that side")
                .contains("has no idx files")
                .contains("and no data set of that name: mnist, cifar10");
        assertThat(calls).isEmpty();
    }

    @Test
    void dataSetThatAsksForAnAccount_isTakenFromTheCache() throws IOException {
        Path cache = folder.resolve("cache");
        assertThat(run("import", "pets", "brain-mri", "--cache", cache.toString()))
                .isEqualTo(1);
        assertThat(output.toString()).contains("kaggle.com", "under the name archive.zip");

        try (ZipOutputStream out = new ZipOutputStream(
                Files.newOutputStream(cache.resolve("brain-mri").resolve("archive.zip")))) {
            out.putNextEntry(new ZipEntry("brain_tumor_dataset/no/1.png"));
            out.write(DrawnDigits.png(1, 1));
        }
        assertThat(run("import", "pets", "brain-mri", "--cache", cache.toString()))
                .isZero();
        assertThat(calls).containsExactly("label=no 1");
    }

    @Test
    void list_showsWhatIsKnownByName() {
        assertThat(run("list")).isZero();

        assertThat(output.toString())
                .contains("mnist: MNIST")
                .contains("70000 pictures, 10 classes: 0, 1, 2")
                .contains("11.6 MB; no account needed")
                .contains("size not known; its page asks for an account")
                .contains("licence: not stated");
    }

    private int run(String... arguments) {
        URI url = URI.create("http://localhost:" + api.getAddress().getPort());
        PrintWriter out = new PrintWriter(output, true);
        return new CommandLine(new DataCommand(new ApiClient(url, null), SHIPPED))
                .setOut(out)
                .setErr(out)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    out.println(e.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        int files = count(body, "filename=");
        int bad = count(body, "filename=\"bad");
        int known = count(body, "filename=\"known");
        calls.add(exchange.getRequestURI().getQuery().replace('+', ' ') + " " + files);
        byte[] answer = """
                {"accepted": %d, "duplicates": %d, "relabelled": 0, "rejected": %d, "files": [%s]}
                """.formatted(
                        files - bad - known,
                        known,
                        bad,
                        bad == 0
                                ? ""
                                : "{\"file\": \"bad.png\", \"reason\": {\"code\": \"bad\", \"detail\": \"It is bad.\"}}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }

    private void picture(String name) throws IOException {
        file(name, DrawnDigits.png(1, 1));
    }

    private void file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
