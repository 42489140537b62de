package io.colonnade.cli;

import io.colonnade.cli.AdminClient.AdminException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Takes a member out of the selection, or puts it back. */
final class DrainCommand implements Command {
    private final Terminal terminal;
    private final boolean draining;

    DrainCommand(Terminal terminal, boolean draining) {
        this.terminal = terminal;
        this.draining = draining;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage()
                .description(
                        draining
                                ? "Lets a node finish what runs and sends it nothing new."
                                : "Sends requests to a drained node again.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("NAME")
                .description("The node's name, as status shows it.")
                .type(String.class)
                .required(true)
                .build());
        return spec.addOption(StatusCommand.adminOption());
    }

    @Override
    public int run(ParseResult flags, List<String> problems) {
        if (!problems.isEmpty()) {
            return terminal.refused(problems);
        }
        try {
            String name = flags.matchedPositionalValue(0, "");
            StatusCommand.client(flags).drain(name, draining);
            terminal.print(name + (draining ? " is draining" : " is ready again"));
            return Terminal.OK;
        } catch (AdminException failed) {
            return terminal.failed(String.valueOf(failed.getMessage()));
        }
    }
}
