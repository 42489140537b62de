package io.colonnade.cli;

import io.colonnade.cli.AdminClient.AdminException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Tells a member to leave the selection, to come back into it, or to change its weight. */
final class OrderCommand implements Command {
    private static final String STOP = "--stop";

    private final Terminal terminal;
    private final What what;

    /** What the member is told to do. */
    enum What {
        DRAIN("Lets a node finish its running requests and sends it no new ones, until undrain."),
        UNDRAIN("Sends requests to a drained node again."),
        WEIGHT("Changes a node's share under the policy weighted, until the node is started again.");

        private final String description;

        What(String description) {
            this.description = description;
        }
    }

    OrderCommand(Terminal terminal, What what) {
        this.terminal = terminal;
        this.what = what;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage().description(what.description);
        spec.addPositional(positional("NAME", "The node's name, as status shows it.", String.class));
        if (what == What.WEIGHT) {
            spec.addPositional(positional("N", "The weight, 0 to 1000; 0 is no share.", Integer.class));
        }
        if (what == What.DRAIN) {
            spec.addOption(OptionSpec.builder(STOP)
                    .description("Ends the node, as SIGTERM does, when its running requests are finished.")
                    .build());
        }
        return spec.addOption(StatusCommand.adminOption());
    }

    private static PositionalParamSpec positional(String label, String description, Class<?> type) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .description(description)
                .type(type)
                .required(true)
                .build();
    }

    @Override
    public int run(ParseResult flags, List<String> problems) {
        if (!problems.isEmpty()) {
            return terminal.refused(problems);
        }
        try {
            String name = flags.matchedPositionalValue(0, "");
            terminal.print(name + " " + order(StatusCommand.client(flags), name, flags));
            return Terminal.OK;
        } catch (AdminException failed) {
            return terminal.failed(String.valueOf(failed.getMessage()));
        }
    }

    /** What the member does now, in words. */
    private String order(AdminClient admin, String name, ParseResult flags) throws AdminException {
        switch (what) {
            case DRAIN -> {
                var stop = flags.hasMatchedOption(STOP);
                admin.order(name, stop ? "stop" : "drain");
                return stop ? "is draining and will stop" : "is draining";
            }
            case UNDRAIN -> {
                admin.order(name, "undrain");
                return "is ready again";
            }
            default -> {
                int weight = flags.matchedPositionalValue(1, 1);
                admin.order(name, "weight/" + weight);
                return "has weight " + weight;
            }
        }
    }
}
