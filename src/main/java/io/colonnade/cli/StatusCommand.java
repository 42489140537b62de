package io.colonnade.cli;

import io.colonnade.cli.AdminClient.AdminException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Shows the cluster as one of its nodes sees it. */
final class StatusCommand implements Command {
    private static final String ADMIN = "--admin";
    private static final String JSON = "--json";
    private static final String WATCH = "--watch";

    private final Terminal terminal;

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    static OptionSpec adminOption() {
        return OptionSpec.builder(ADMIN)
                .paramLabel("URL")
                .description("The admin port to ask. Default: " + AdminClient.DEFAULT_URL + ".")
                .type(String.class)
                .build();
    }

    static AdminClient client(ParseResult flags) {
        return new AdminClient(flags.matchedOptionValue(ADMIN, AdminClient.DEFAULT_URL));
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage().description("Shows the nodes of a cluster, what they run and how busy they are.");
        return spec.addOption(adminOption())
                .addOption(OptionSpec.builder(JSON)
                        .description("Prints the node's whole status, as JSON.")
                        .build())
                .addOption(OptionSpec.builder(WATCH)
                        .description("Shows the status again each second, with rates, until Ctrl-C.")
                        .build());
    }

    @Override
    public int run(ParseResult flags, List<String> problems) {
        if (!problems.isEmpty()) {
            return terminal.refused(problems);
        }
        if (flags.hasMatchedOption(WATCH) && flags.hasMatchedOption(JSON)) {
            return terminal.refused(List.of("--watch and --json are both given; allowed is one of them"));
        }
        try {
            var admin = client(flags);
            if (flags.hasMatchedOption(WATCH)) {
                new StatusWatch(terminal, admin::status, StatusCommand::statusOf).run(StatusCommand::aSecond);
            } else if (flags.hasMatchedOption(JSON)) {
                terminal.print(admin.status().encodePrettily());
            } else {
                terminal.print(
                        new StatusPage(admin.status(), StatusCommand::statusOf, Instant.now()).text(Optional.empty()));
            }
            return Terminal.OK;
        } catch (AdminException failed) {
            return terminal.failed(String.valueOf(failed.getMessage()));
        }
    }

    private static boolean aSecond() {
        try {
            Thread.sleep(1000);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The status of another member; empty if that member does not answer. */
    private static Optional<JsonObject> statusOf(String admin) {
        try {
            return Optional.of(new AdminClient("http://" + admin).status());
        } catch (AdminException silent) {
            return Optional.empty();
        }
    }
}
