package io.colonnade.cli;

import io.colonnade.cli.OrderCommand.What;
import io.colonnade.config.Keys;
import io.colonnade.node.Version;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 for success, 1 for a failure, 2 for bad flags, keys or values, 3 if the process could not live on
 * (see {@link FatalEnd}).
 */
public final class Main {
    private final Terminal terminal;
    private final CommandLine commandLine;

    Main(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.commandLine = new CommandLine(spec("colonnade", new StartCommand(terminal, environment)));
        add("start", new StartCommand(terminal, environment));
        add("secret", new SecretCommand(terminal));
        add("status", new StatusCommand(terminal, environment));
        add("drain", new OrderCommand(terminal, environment, What.DRAIN));
        add("undrain", new OrderCommand(terminal, environment, What.UNDRAIN));
        add("weight", new OrderCommand(terminal, environment, What.WEIGHT));
        addDatabase(terminal, environment);
        commandLine.setOut(terminal.out()).setErr(terminal.err()).setExecutionStrategy(this::run);
    }

    public static void main(String[] args) {
        FatalEnd.install(System.err);
        var terminal = new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Terminal.isShown());
        System.exit(new Main(terminal, System.getenv()).run(args));
    }

    int run(String... args) {
        return Stream.concat(Stream.of(System.getProperty("user.dir", "")), Arrays.stream(args))
                .filter(Main::isUnreadable)
                .findFirst()
                .map(text -> terminal.failed("\"" + text + "\" has letters that the locale of this process cannot"
                        + " express; set LC_ALL=C.UTF-8"))
                .orElseGet(() -> commandLine.execute(args));
    }

    /** Java puts this sign in the place of what it cannot decode. No file has the name that comes of it. */
    private static boolean isUnreadable(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    private void addDatabase(Terminal terminal, Map<String, String> environment) {
        var group = new CommandLine(
                spec("database", new CommandGroup(terminal, "Looks after the database that the nodes run.")));
        for (var what : DatabaseCommand.What.values()) {
            var name = what.name().toLowerCase(Locale.ROOT);
            group.addSubcommand(name, spec(name, new DatabaseCommand(terminal, environment, what)));
        }
        commandLine.addSubcommand("database", group);
    }

    private void add(String name, Command command) {
        commandLine.addSubcommand(name, spec(name, command));
    }

    private static CommandSpec spec(String name, Command command) {
        var spec = command.spec().name(name).mixinStandardHelpOptions(true).version("colonnade " + Version.current());
        spec.parser().collectErrors(true);
        return spec;
    }

    private int run(ParseResult parsed) {
        var help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        var problems = new ArrayList<>(problems(parsed));
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
            problems.addAll(problems(last));
        }
        return ((Command) last.commandSpec().userObject()).run(last, problems);
    }

    private static List<String> problems(ParseResult parsed) {
        return parsed.errors().stream().map(error -> said(parsed, error)).toList();
    }

    private static String said(ParseResult parsed, Exception error) {
        var message = String.valueOf(error.getMessage());
        if (!(error instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return message;
        }
        var word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
        var spec = parsed.commandSpec();
        var known = word.startsWith("-")
                ? spec.optionsMap().keySet()
                : spec.subcommands().keySet();
        return Keys.nearest(word, known)
                .map(near -> message + "; did you mean " + near + "?")
                .orElse(message);
    }
}
