package io.colonnade.cli;

import io.colonnade.config.ConfigException;
import io.colonnade.node.Colonnade;
import io.colonnade.node.settings.ConfigSource;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.node.settings.StartException;
import io.colonnade.telemetry.LogFormat;
import io.colonnade.telemetry.LogLevel;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Runs a node until a signal ends it. */
final class StartCommand implements Command {
    private final Terminal terminal;
    private final Map<String, String> environment;

    StartCommand(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage()
                .description("Starts a node. Every flag is also a key of the file and a variable (COLONNADE_PORT);"
                        + " flags override variables, and variables override the file.")
                .sortOptions(false);
        StartFlags.addTo(spec);
        return spec;
    }

    @Override
    public int run(ParseResult flags, List<String> problems) {
        try {
            var settings = StartFlags.settings(flags, environment);
            problems.forEach(settings::problem);
            var config = settings.bind();
            return run(config, ended -> start(config, flags, ended));
        } catch (ConfigException wrong) {
            return terminal.refused(wrong.problems());
        }
    }

    private Future<Colonnade> start(NodeConfig config, ParseResult flags, Future<Void> ended) {
        return StartFlags.file(flags, environment)
                .map(file -> new ConfigSource(file, config, () -> StartFlags.settings(flags, environment)
                        .bind()))
                .map(source -> Colonnade.start(source, ended))
                .orElseGet(() -> Colonnade.start(config, ended));
    }

    private int run(NodeConfig config, Function<Future<Void>, Future<Colonnade>> start) {
        var termination = Termination.onSignal();
        try {
            var node = start.apply(termination.asked())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            termination.halts(node);
            terminal.print(
                    config.logFormat() == LogFormat.JSON
                            ? Banner.json(node.info(), sinceJvmStart())
                            : Banner.of(node.info(), sinceJvmStart()));
            HeapTrim.once();
            node.stopAsked().onSuccess(asked -> termination.ask());
            termination.await();
            node.stop().toCompletionStage().toCompletableFuture().join();
            return Terminal.OK;
        } catch (CompletionException failed) {
            var code = failed(config, failed);
            return termination.asked().isComplete() ? Terminal.OK : code;
        }
    }

    private int failed(NodeConfig config, CompletionException failed) {
        var cause = failed.getCause() == null ? failed : failed.getCause();
        if (config.logLevel().compareTo(LogLevel.DEBUG) >= 0) {
            cause.printStackTrace(terminal.err());
        }
        return terminal.failed(
                cause instanceof StartException refused
                        ? String.valueOf(refused.getMessage())
                        : "a defect: " + cause + "; --log-level debug shows where");
    }

    private static Duration sinceJvmStart() {
        var now = Instant.now();
        return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    }
}
