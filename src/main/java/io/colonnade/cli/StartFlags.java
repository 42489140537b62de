package io.colonnade.cli;

import io.colonnade.config.Settings;
import io.colonnade.node.settings.NodeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of a start. The values stay texts here, because the settings check them together with the file and the environment. */
final class StartFlags {
    private static final String CONFIG = "--config";
    private static final String CONFIG_VARIABLE = "COLONNADE_CONFIG";
    private static final String SITE = "--site";
    private static final String SET = "--set";

    private static final List<OptionSpec> FLAGS = List.of(
            one(CONFIG, "FILE", "The YAML file of settings. conf/colonnade.yaml documents every key."),
            one(
                    "--name",
                    "NAME",
                    "This node's name. Default: the name of a free folder in the data directory, or a new name."),
            one("--cluster", "NAME", "The cluster to join. Default: colonnade."),
            one("--roles", "ROLE,...", "Some of balancer, web, app, db, dns. Default: all."),
            one("--port", "PORT", "The public port; 0 for any free port. Default: 8080."),
            one("--admin-port", "PORT", "The admin port; 9080+ is the first free port from 9080. Default: 9080+."),
            one("--cluster-port", "PORT", "The port for the other members. Default: 5701+."),
            one(
                    "--join",
                    "HOST[:PORT],...",
                    "Members on other machines, which this node asks when it joins. Default: none."),
            flag("--found", "true", "With --join, once: found the cluster if nobody answers. Otherwise the node waits.")
                    .arity("0..1")
                    .fallbackValue("true")
                    .type(String.class)
                    .build(),
            one("--dns-port", "PORT", "The port of the name server, UDP and TCP. Default: 8053+."),
            one(
                    "--public-address",
                    "ADDRESS,...",
                    "The IP addresses for clients of this node, which name servers answer. Default: that of --bind."),
            one(
                    "--bind",
                    "ADDRESS",
                    "This node's address for the other members. Default: the one that routes to the first of --join."),
            one(
                    "--secret-file",
                    "FILE",
                    "A file with the cluster's secret, instead of COLONNADE_SECRET. Default: the user's own file."),
            one("--data", "DIR", "The data directory; several nodes may share it. Default: data."),
            one(
                    "--database",
                    "DATABASE",
                    "embedded, galera, or mysql://USER@HOST[:PORT][,HOST...]/DB?tls=verify. Default: embedded."),
            one(
                    "--database-password-file",
                    "FILE",
                    "A file with the database's password, if COLONNADE_DATABASE_PASSWORD has none."),
            many(
                    SITE,
                    "FILE.jar",
                    "A site to serve, a jar or a directory; repeatable. Default: the bundled message board."),
            one("--log-format", "FORMAT", "text or json. Default: text."),
            one("--log-level", "LEVEL", "error, warn, info, debug or trace. Default: info."),
            many(SET, "KEY=VALUE", "Any other setting, by its key in the file; repeatable."));

    private StartFlags() {}

    private static OptionSpec one(String name, String label, String description) {
        return flag(name, label, description).type(String.class).build();
    }

    private static OptionSpec many(String name, String label, String description) {
        return flag(name, label, description)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build();
    }

    private static OptionSpec.Builder flag(String name, String label, String description) {
        return OptionSpec.builder(name).paramLabel(label).description(description);
    }

    static void addTo(CommandSpec command) {
        FLAGS.forEach(flag -> command.addOption(flag.toBuilder().build()));
    }

    /** The file of settings, if one is named. */
    static Optional<Path> file(ParseResult flags, Map<String, String> environment) {
        var file = flags.matchedOptionValue(CONFIG, environment.getOrDefault(CONFIG_VARIABLE, ""));
        return Optional.of(file).filter(name -> !name.isEmpty()).map(Path::of);
    }

    /** The layers of settings: file, environment, flags. */
    static Settings<NodeConfig> settings(ParseResult flags, Map<String, String> environment) {
        var settings = Settings.of(NodeConfig.DEFAULTS);
        file(flags, environment).ifPresent(settings::file);
        settings.environment(environment, Set.of(CONFIG_VARIABLE));
        FLAGS.stream()
                .map(OptionSpec::longestName)
                .filter(flags::hasMatchedOption)
                .forEach(flag -> {
                    var values = flags.matchedOption(flag).stringValues();
                    add(settings, flag, values);
                });
        return settings;
    }

    private static void add(Settings<NodeConfig> settings, String flag, List<String> values) {
        switch (flag) {
            case CONFIG -> {}
            case SITE -> settings.set("sites", values, flag);
            case SET -> values.forEach(assignment -> assign(settings, assignment));
            default -> settings.set(flag.substring("--".length()), values.get(0), flag);
        }
    }

    private static void assign(Settings<NodeConfig> settings, String assignment) {
        var equals = assignment.indexOf('=');
        if (equals < 1) {
            settings.problem("--set is \"" + assignment + "\"; allowed is KEY=VALUE");
        } else {
            settings.set(assignment.substring(0, equals), assignment.substring(equals + 1), SET);
        }
    }
}
