package io.colonnade.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A command that only has commands of its own. */
record CommandGroup(Terminal terminal, String description) implements Command {
    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage().description(description);
        return spec;
    }

    @Override
    public int run(ParseResult flags, List<String> problems) {
        var names = String.join(", ", flags.commandSpec().subcommands().keySet());
        return terminal.refused(problems.isEmpty() ? List.of("a command is missing; allowed is " + names) : problems);
    }
}
