/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest;

import io.sandpiper.loadtest.fleet.Scratch;
import io.sandpiper.loadtest.load.Generator;
import io.sandpiper.loadtest.load.Ledger;
import io.sandpiper.loadtest.load.LoadTestException;
import io.sandpiper.loadtest.load.Outcome;
import io.sandpiper.loadtest.load.Pictures;
import io.sandpiper.loadtest.load.Target;
import io.sandpiper.loadtest.load.Workload;
import io.sandpiper.loadtest.report.Publisher;
import io.sandpiper.loadtest.report.RunReport;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.LoadSweepMeasured;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sandpiper loadtest}: an outside client that sends, times, and counts. */
@Command(
        name = "sandpiper loadtest",
        description = "Puts Sandpiper under load, and counts what was lost.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class)
public final class LoadTestCommand {

    private static final String HOME = "sandpiper.home";

    @Spec
    private @Nullable CommandSpec spec;

    private final Supplier<Target> target;

    private LoadTestCommand(Supplier<Target> target) {
        this.target = target;
    }

    public static void main(String[] args) {
        System.exit(commandLine(LoadTestCommand::target).execute(args.length == 0 ? new String[] {"help"} : args));
    }

    /** @param target of {@code run} */
    public static CommandLine commandLine(Supplier<Target> target) {
        return new CommandLine(new LoadTestCommand(target)).setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println(e instanceof LoadTestException ? e.getMessage() : "Unexpected: " + e);
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    @Command(
            name = "run",
            description =
                    "Sends a workload to what runs already, whose dashboard then shows how it went; the exit code is 1 when the ledger does not add up.")
    int run(
            @Parameters(
                            paramLabel = "WORKLOAD",
                            description = "a YAML file, or one of those shipped: ${COMPLETION-CANDIDATES}",
                            completionCandidates = Shipped.class)
                    String name,
            @Option(
                            names = "--saturate",
                            paramLabel = "WINDOW",
                            description =
                                    "as many as get through instead, with so many under way; the phases' time counts, after as much to warm up")
                    @Nullable
                    Integer window,
            @Option(names = "--model", description = "another model than the workload's") @Nullable String model)
            throws InterruptedException {
        Workload workload = Workload.load(name);
        if (model != null) {
            workload = workload.of(model);
        }
        PrintWriter out = out();
        Target at = target.get();
        Generator generator = new Generator(at, workload, Pictures.drawn(workload.side()), (sent, answered) -> {
            out.printf("%d sent, %d answered%n", sent, answered);
            out.flush();
        });
        Duration time = Duration.ofSeconds(workload.seconds());
        Instant startedAt = Instant.now();
        Outcome outcome = window == null ? generator.run() : generator.saturate(time, time, window);
        Instant endedAt = Instant.now();
        out.println(new String(Json.writePretty(outcome), StandardCharsets.UTF_8));
        Ledger.Verdict verdict = outcome.verdict();
        out.printf(
                "%d accepted, %d answered, %d refused; lost %d, doubled %d, invented %d, changed %d%n",
                verdict.accepted(),
                verdict.answered(),
                verdict.refused(),
                verdict.lost().size(),
                verdict.doubled().size(),
                verdict.invented().size(),
                verdict.changed().size());
        out.flush();
        new Publisher(at.brokers(), err())
                .publish(new RunReport(name, workload, window, Machine.describe(), startedAt, endedAt, outcome)
                        .message());
        return verdict.isClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    @Command(
            name = "efficiency",
            description =
                    "Starts fleets of its own and measures what part of the machine's own speed comes out at the end; about ten minutes, on an idle machine.")
    void efficiency(
            @Option(names = "--rounds", defaultValue = "3", description = "of each way in (${DEFAULT-VALUE})")
                    int rounds,
            @Option(names = "--seconds", defaultValue = "15", description = "of each round (${DEFAULT-VALUE})")
                    int seconds,
            @Option(names = "--out", description = "default: bench/efficiency.json") @Nullable Path file)
            throws IOException, InterruptedException {
        Path home = home();
        Scratch scratch = Scratch.create();
        new Efficiency(home, scratch.folder(), rounds, seconds, out())
                .measure(file == null ? home.resolve("bench/efficiency.json") : file);
        scratch.delete();
    }

    @Command(
            name = "sweep",
            description =
                    "Starts fleets of its own, of so many partitions and workers, each worker a process, and reports how they scale; two to three minutes for each mode and number of partitions.")
    void sweep(
            @Option(
                            names = "--modes",
                            split = ",",
                            defaultValue = "partition,share",
                            description = "(${DEFAULT-VALUE})")
                    List<String> modes,
            @Option(names = "--partitions", split = ",", defaultValue = "1,2,4,8", description = "(${DEFAULT-VALUE})")
                    List<Integer> partitions,
            @Option(names = "--workers", split = ",", defaultValue = "1,2,4,8", description = "(${DEFAULT-VALUE})")
                    List<Integer> workers,
            @Option(names = "--model", defaultValue = "cifar10", description = "(${DEFAULT-VALUE})") String model,
            @Option(
                            names = "--warm-up",
                            paramLabel = "SECONDS",
                            defaultValue = "40",
                            description =
                                    "before each measurement (${DEFAULT-VALUE}): new processes compile what they run, and share the cores with what is measured")
                    int warmUp,
            @Option(names = "--batch", defaultValue = "64", description = "of a worker (${DEFAULT-VALUE})") int batch,
            @Option(
                            names = "--stand-in",
                            paramLabel = "MILLIS",
                            description = "waits so long for each batch in the network's place")
                    @Nullable
                    Integer standIn,
            @Option(names = "--out", description = "default: bench/sweep, or bench/sweep-stand-in") @Nullable
                    Path report,
            @Option(
                            names = "--publish-to",
                            paramLabel = "KAFKA",
                            description =
                                    "as localhost:9092: a Kafka whose dashboard shows the sweep, too; those that are measured end with it")
                    @Nullable
                    String brokers)
            throws IOException, InterruptedException {
        Path home = home();
        Sweep.Plan plan = new Sweep.Plan(modes, partitions, workers, model, standIn, batch, Duration.ofSeconds(warmUp));
        if (brokers != null && plan.cases() > LoadSweepMeasured.MOST_CASES) {
            throw new LoadTestException(
                    "With --publish-to a sweep has %d cases at most: name fewer modes, partitions or workers."
                            .formatted(LoadSweepMeasured.MOST_CASES));
        }
        Path usual = home.resolve(standIn == null ? "bench/sweep" : "bench/sweep-stand-in");
        Scratch scratch = Scratch.create();
        new Sweep(
                        home,
                        scratch.folder(),
                        plan,
                        out(),
                        brokers == null ? event -> {} : new Publisher(brokers, err())::publish)
                .measure(report == null ? usual : report);
        scratch.delete();
    }

    /** The workloads in our resources. */
    static final class Shipped extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Shipped() {
            super(Workload.shipped());
        }
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "not called by picocli").commandLine();
    }

    private static Target target() {
        String port = System.getenv().getOrDefault("SANDPIPER_PORT", "8080");
        String kafka = System.getenv().getOrDefault("SANDPIPER_KAFKA_PORT", "9092");
        return new Target(
                System.getenv().getOrDefault("SANDPIPER_KAFKA", "localhost:" + kafka),
                URI.create(System.getenv().getOrDefault("SANDPIPER_URL", "http://localhost:" + port)),
                System.getenv("SANDPIPER_API_KEY"));
    }

    private static Path home() {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw new LoadTestException("Start it by the launcher: ./sandpiper loadtest");
        }
        return Path.of(home);
    }
}
