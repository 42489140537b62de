package io.colonnade.cli;

import io.colonnade.cli.AdminClient.AdminException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Tells a member to leave the selection, to come back into it, or to change its weight. */
final class OrderCommand implements Command {
    private static final String STOP = "--stop";
    private static final String TOKEN = "--admin-token-file";

    private final Terminal terminal;
    private final Map<String, String> environment;
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

    OrderCommand(Terminal terminal, Map<String, String> environment, What what) {
        this.terminal = terminal;
        this.environment = environment;
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
        return AdminSearch.addTo(spec)
                .addOption(OptionSpec.builder(TOKEN)
                        .paramLabel("FILE")
                        .description("The file with the asked node's token. Default: the one that the node names.")
                        .type(String.class)
                        .build());
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
            var admin = new AdminSearch(terminal, flags, environment).knowing(name);
            var tokenFile = Optional.ofNullable(flags.matchedOptionValue(TOKEN, (String) null))
                    .map(Path::of);
            terminal.print(name + " " + order((member, order) -> admin.order(member, order, tokenFile), name, flags));
            return Terminal.OK;
        } catch (AdminException failed) {
            return terminal.failed(String.valueOf(failed.getMessage()));
        }
    }

    /** Gives an order to a member. */
    private interface Orders {
        void give(String member, String order) throws AdminException;
    }

    /** What the member does now, in words. */
    private String order(Orders admin, String name, ParseResult flags) throws AdminException {
        switch (what) {
            case DRAIN -> {
                var stop = flags.hasMatchedOption(STOP);
                admin.give(name, stop ? "stop" : "drain");
                return stop ? "is draining and will stop" : "is draining";
            }
            case UNDRAIN -> {
                admin.give(name, "undrain");
                return "is ready again";
            }
            default -> {
                int weight = flags.matchedPositionalValue(1, 1);
                admin.give(name, "weight/" + weight);
                return "has weight " + weight;
            }
        }
    }
}
