/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.cli.data.DatasetException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** What {@code ./sandpiper} does besides {@code up}, which the launcher does itself. */
@Command(
        name = "sandpiper",
        description = "Classifies images that arrive as a stream.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HelpCommand.class,
            PredictCommand.class,
            FeedbackCommand.class,
            TrainCommand.class,
            DataCommand.class,
            ModelCommand.class,
            KeyCommand.class,
            DeadLetterCommand.class,
            SwapCertificateCommand.class
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  SANDPIPER_PORT   port of the page and the API (default 8080)",
            "  SANDPIPER_DATA   folder that everything is kept in (default ./.sandpiper)",
            "  SANDPIPER_API_KEY  key of the API, where it has keys",
            "  SANDPIPER_KAFKA  brokers, for swap-certificate (default: localhost, port SANDPIPER_KAFKA_PORT or 9092)",
            "  SANDPIPER_URL    address of a running instance (default: that port here)"
        })
public final class SandpiperCommand {

    /** Where the launcher lies; it tells. */
    private static final String HOME = "sandpiper.home";

    private SandpiperCommand() {}

    public static void main(String[] args) {
        System.exit(commandLine(defaultUrl(), System.getenv("SANDPIPER_API_KEY"), brokers())
                .execute(args.length == 0 ? new String[] {"help"} : args));
    }

    /**
     * Exit codes: 0, 1 when something failed, 2 when it was called wrongly.
     *
     * @param brokers host:port of Kafka, and more after commas
     */
    public static CommandLine commandLine(URI url, @Nullable String key, String brokers) {
        return new CommandLine(new SandpiperCommand(), new Factory(new ApiClient(url, key), brokers))
                .addSubcommand("up", new UpCommand())
                .addSubcommand("worker", new WorkerCommand())
                .addSubcommand("bench", new BenchCommand())
                .addSubcommand("loadtest", new LoadTestCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(isForPeople(e) ? e.getMessage() : "Unexpected: " + e);
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static boolean isForPeople(Exception e) {
        return e instanceof CliException || e instanceof DatasetException;
    }

    private static URI defaultUrl() {
        String port = System.getenv().getOrDefault("SANDPIPER_PORT", "8080");
        return URI.create(System.getenv().getOrDefault("SANDPIPER_URL", "http://localhost:" + port));
    }

    private static String brokers() {
        String port = System.getenv().getOrDefault("SANDPIPER_KAFKA_PORT", "9092");
        return System.getenv().getOrDefault("SANDPIPER_KAFKA", "localhost:" + port);
    }

    /** Only here so that it is in the help: the launcher starts standalone itself. */
    @Command(
            name = "up",
            description = "Builds what is missing and starts everything in one process, in the foreground.")
    static final class UpCommand implements Runnable {
        @Override
        public void run() {
            throw new CliException("up is started by the launcher: ./sandpiper up");
        }
    }

    /** Only here so that it is in the help, like {@link UpCommand}. */
    @Command(
            name = "bench",
            description = "bench engine: measures the engines on this machine and writes bench/engine.json.")
    static final class BenchCommand implements Runnable {
        @Override
        public void run() {
            throw new CliException("bench is started by the launcher: ./sandpiper bench engine");
        }
    }

    /** Only here so that it is in the help, like {@link UpCommand}. */
    @Command(
            name = "worker",
            description = "worker [NAME]: one more inference worker, as a process of its own, for what up started.")
    static final class WorkerCommand implements Runnable {
        @Override
        public void run() {
            throw new CliException("worker is started by the launcher: ./sandpiper worker");
        }
    }

    /** Only here so that it is in the help, like {@link UpCommand}. */
    @Command(
            name = "loadtest",
            description = "loadtest run|sweep|efficiency: puts Sandpiper under load, and counts what was lost.")
    static final class LoadTestCommand implements Runnable {
        @Override
        public void run() {
            throw new CliException("loadtest is started by the launcher: ./sandpiper loadtest");
        }
    }

    /** Gives the commands their client. */
    private record Factory(ApiClient api, String brokers) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == PredictCommand.class) {
                return type.cast(new PredictCommand(api));
            }
            if (type == FeedbackCommand.class) {
                return type.cast(new FeedbackCommand(api));
            }
            if (type == KeyCommand.class) {
                return type.cast(new KeyCommand(api));
            }
            if (type == DeadLetterCommand.class) {
                return type.cast(new DeadLetterCommand(api));
            }
            if (type == SwapCertificateCommand.class) {
                return type.cast(new SwapCertificateCommand(brokers));
            }
            if (type == DataCommand.class) {
                return type.cast(new DataCommand(api, Path.of(System.getProperty(HOME, ""), "data")));
            }
            if (type == ModelCommand.class) {
                return type.cast(new ModelCommand(api));
            }
            if (type == ModelEvaluateCommand.class) {
                return type.cast(new ModelEvaluateCommand(api));
            }
            if (type == ModelDriftCommand.class) {
                return type.cast(new ModelDriftCommand(api));
            }
            if (type == ModelSetCommand.class) {
                return type.cast(new ModelSetCommand(api));
            }
            if (type == TrainCommand.class) {
                return type.cast(new TrainCommand(api));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
