package io.colonnade.cli;

import io.colonnade.cli.AdminClient.AdminException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Shows the cluster as one of its nodes sees it. */
final class StatusCommand implements Command {
    private static final String JSON = "--json";
    private static final String WATCH = "--watch";

    private final Terminal terminal;
    private final Map<String, String> environment;

    StatusCommand(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage().description("Shows the nodes of a cluster, what they run and how busy they are.");
        return AdminSearch.addTo(spec)
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
            var admin = new AdminSearch(terminal, flags, environment);
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
            return Optional.of(new AdminClient(admin).status());
        } catch (AdminException silent) {
            return Optional.empty();
        }
    }
}
