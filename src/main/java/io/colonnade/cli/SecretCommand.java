package io.colonnade.cli;

import io.colonnade.security.ClusterSecret;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Makes the secret of a cluster: {@code secret new}. */
final class SecretCommand implements Command {
    private final Terminal terminal;

    SecretCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage()
                .description("Prints a new secret, for --secret-file or COLONNADE_SECRET of every node of a cluster.");
        return spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("new")
                .description("The only subcommand.")
                .type(String.class)
                .required(true)
                .build());
    }

    @Override
    public int run(ParseResult flags, List<String> problems) {
        var all = new ArrayList<>(problems);
        var action = flags.matchedPositionalValue(0, "new");
        if (!action.equals("new")) {
            all.add("secret is followed by \"" + action + "\"; allowed is new");
        }
        if (!all.isEmpty()) {
            return terminal.refused(all);
        }
        terminal.print(ClusterSecret.fresh(new SecureRandom()).text());
        return Terminal.OK;
    }
}
