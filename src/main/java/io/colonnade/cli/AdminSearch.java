package io.colonnade.cli;

import io.colonnade.cli.AdminClient.AdminException;
import io.colonnade.node.AdminUrls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The node that a command asks: the one that {@code --admin} names, else the first that answers of the one at the first port, those
 * that a data directory knows, and those at the next ports.
 */
final class AdminSearch {
    static final String FIRST = "http://127.0.0.1:9080";

    private static final int FIRST_PORT = 9080;
    private static final int PORTS = 20;
    private static final String ADMIN = "--admin";
    private static final String DATA = "--data";

    private final Terminal terminal;
    private final Optional<String> named;
    private final Path data;

    /** The node that answered last. It is asked first. */
    private @Nullable AdminClient last;

    AdminSearch(Terminal terminal, ParseResult flags, Map<String, String> environment) {
        this.terminal = terminal;
        named = Optional.ofNullable(flags.matchedOptionValue(ADMIN, (String) null));
        data = Path.of(flags.matchedOptionValue(DATA, environment.getOrDefault("COLONNADE_DATA", "data")));
    }

    static CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(OptionSpec.builder(ADMIN)
                        .paramLabel("URL")
                        .description("The admin port to ask: a URL, HOST:PORT or PORT. Default: the first of " + FIRST
                                + ", the nodes of --data and the next ports that answers.")
                        .type(String.class)
                        .build())
                .addOption(OptionSpec.builder(DATA)
                        .paramLabel("DIR")
                        .description("The data directory of this machine's nodes. Default: data.")
                        .type(String.class)
                        .build());
    }

    /** The status that the first node which answers tells. */
    JsonObject status() throws AdminException {
        return first(any -> true).status();
    }

    /** The first node that knows a member; if none does, the first that answers. */
    AdminClient knowing(String member) throws AdminException {
        return first(status -> status.getJsonArray("members", new JsonArray()).stream()
                        .anyMatch(each -> each instanceof JsonObject json && member.equals(json.getString("name"))))
                .client();
    }

    private record Answer(AdminClient client, JsonObject status) {}

    private Answer first(Predicate<JsonObject> wanted) throws AdminException {
        AdminException silent = null;
        Answer other = null;
        for (var url : candidates()) {
            var client = new AdminClient(url);
            try {
                var answer = new Answer(client, client.status());
                if (wanted.test(answer.status())) {
                    return chosen(answer);
                }
                other = other == null ? answer : other;
            } catch (AdminException failed) {
                silent = silent == null ? failed : silent;
            }
        }
        if (other != null) {
            return chosen(other);
        }
        throw silent == null ? new AdminException("no node is named") : silent;
    }

    private Answer chosen(Answer answer) {
        var url = answer.client().url();
        if (named.isEmpty() && !url.equals(last == null ? FIRST : last.url())) {
            terminal.note("the node " + answer.status().getString("node") + " at " + url + " answers");
        }
        last = answer.client();
        return answer;
    }

    private List<String> candidates() {
        if (named.isPresent()) {
            return List.of(named.get());
        }
        var next = IntStream.range(FIRST_PORT + 1, FIRST_PORT + PORTS).mapToObj(port -> "http://127.0.0.1:" + port);
        return Stream.of(Stream.ofNullable(last).map(AdminClient::url), Stream.of(FIRST), known().stream(), next)
                .flatMap(urls -> urls)
                .distinct()
                .toList();
    }

    private List<String> known() {
        try {
            return AdminUrls.in(data);
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
