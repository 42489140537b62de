package io.colonnade.cli;

import io.colonnade.config.ConfigException;
import io.colonnade.node.OwnGalera;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.store.backup.Operator;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Copies the database that the nodes run into a file, puts it back, opens a client on it, or begins a Galera cluster with it. */
final class DatabaseCommand implements Command {
    /** What is done with the database. */
    enum What {
        BACKUP("Copies the tables of all sites into a new file, while the sites run.", FILE),
        RESTORE("Puts the tables of a backup in the place of the sites' tables, while the sites run.", FILE),
        REPAIR("Forgets that migrations of a site have failed, so that they run when a node starts again.", SITE),
        SHELL("Opens MariaDB's client on the database.", ""),
        BOOTSTRAP(
                "Makes this node's Galera server begin the cluster with its own data, when the servers that may have"
                        + " more data are lost.",
                "");

        private final String description;
        private final String operand;

        /** @param operand the label of what is given besides flags; empty for nothing */
        What(String description, String operand) {
            this.description = description;
            this.operand = operand;
        }
    }

    private static final String FILE = "FILE";
    private static final String SITE = "SITE";
    private static final String EXECUTE = "--execute";

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final What what;

    DatabaseCommand(Terminal terminal, Map<String, String> environment, What what) {
        this.terminal = terminal;
        this.environment = environment;
        this.what = what;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage().description(what.description + " Takes the flags, variables and file of start.");
        if (!what.operand.isEmpty()) {
            spec.addPositional(PositionalParamSpec.builder()
                    .paramLabel(what.operand)
                    .description(what == What.REPAIR ? "The name of the site." : "The file of the backup.")
                    .type(String.class)
                    .required(true)
                    .build());
        }
        if (what == What.SHELL) {
            spec.addOption(OptionSpec.builder("-e", EXECUTE)
                    .paramLabel("SQL")
                    .description("Runs these statements instead of asking for some.")
                    .type(String.class)
                    .build());
        }
        StartFlags.addTo(spec);
        return spec;
    }

    @Override
    public int run(ParseResult flags, List<String> problems) {
        try {
            var settings = StartFlags.settings(flags, environment);
            problems.forEach(settings::problem);
            var config = settings.bind();
            var statements = what == What.SHELL ? flags.matchedOptionValue(EXECUTE, "") : "";
            return run(config, flags.matchedPositionalValue(0, ""), statements);
        } catch (ConfigException wrong) {
            return terminal.refused(wrong.problems());
        } catch (IOException | SQLException failed) {
            return terminal.failed(String.valueOf(failed.getMessage()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Terminal.FAILED;
        }
    }

    private int run(NodeConfig config, String operand, String statements)
            throws IOException, SQLException, InterruptedException {
        if (!config.database().isEmbedded() && !config.database().isGalera()) {
            throw new IOException("the database is a server of your own; use its own tools");
        }
        switch (what) {
            case BACKUP -> operator(config).backup(Path.of(operand), terminal::print);
            case RESTORE -> operator(config).restore(Path.of(operand), terminal::print);
            case REPAIR -> repair(config, operand);
            case SHELL -> {
                var operator = operator(config);
                Termination.leaveInterruptsToTheChild();
                return operator.shell(statements);
            }
            case BOOTSTRAP -> bootstrap(config);
        }
        return Terminal.OK;
    }

    private static Operator operator(NodeConfig config) throws IOException {
        return config.database().isGalera()
                ? Operator.ofGalera(OwnGalera.folder(config), OwnGalera.account(config))
                : Operator.of(Path.of(config.data()));
    }

    private void repair(NodeConfig config, String site) throws IOException, SQLException {
        var forgotten = operator(config).repair(site);
        terminal.print(
                forgotten == 0
                        ? "no migration of the site " + site + " has failed"
                        : "migrations of the site " + site + " run again when a node starts: " + forgotten);
    }

    private void bootstrap(NodeConfig config) throws IOException, SQLException {
        if (!config.database().isGalera()) {
            throw new IOException(
                    "the database is not galera; only the servers of a Galera cluster wait for one another");
        }
        var folder = OwnGalera.folder(config);
        Operator.bootstrap(folder, OwnGalera.account(config));
        terminal.print("the node " + folder.getFileName() + " begins the cluster with its own data, unless it finds a"
                + " server that runs; data that only other servers have is lost");
    }
}
