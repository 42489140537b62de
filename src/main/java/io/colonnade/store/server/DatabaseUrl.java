package io.colonnade.store.server;

import io.colonnade.core.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text form of the user's own servers, {@code mysql://USER@HOST[:PORT][,HOST[:PORT]...]/DB[?KEY=VALUE[&KEY=VALUE...]]}.
 *
 * @param parameters in the order in which they were written
 */
record DatabaseUrl(String user, List<Address> hosts, String schema, Map<String, String> parameters) {
    static final String SCHEME = "mysql://";
    private static final String FORM =
            "; allowed is mysql://USER@HOST[:PORT][,HOST[:PORT]...]/DB[?KEY=VALUE[&KEY=VALUE...]]";
    private static final Pattern URL = Pattern.compile(
            SCHEME + "(?:(?<user>[^/?]*)@)?(?<hosts>[^@/?]*)(?:/(?<schema>[^?]*))?(?:\\?(?<query>.*))?");

    /**
     * Parses the text.
     *
     * @throws IllegalArgumentException if the text is no such address, or contains a password; the message says what is wrong, and
     *     never repeats the part that may contain a password
     */
    static DatabaseUrl parse(String text) {
        var parts = URL.matcher(text);
        if (!parts.matches()) {
            throw problem("is no address of a database");
        }
        var user = Objects.requireNonNullElse(parts.group("user"), "");
        if (user.contains(":")) {
            throw new IllegalArgumentException(
                    "url has a password in it; allowed is COLONNADE_DATABASE_PASSWORD or database-password-file");
        }
        if (user.isEmpty()) {
            throw problem("names no user");
        }
        return new DatabaseUrl(
                user,
                Stream.of(parts.group("hosts").split(",", -1))
                        .map(DatabaseUrl::host)
                        .toList(),
                Objects.requireNonNullElse(parts.group("schema"), ""),
                parameters(Objects.requireNonNullElse(parts.group("query"), "")));
    }

    private static Address host(String text) {
        try {
            return Address.parse(text, 0);
        } catch (IllegalArgumentException malformed) {
            throw problem("has the host \"" + text + "\", in which " + malformed.getMessage());
        }
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var parameter : query.split("&", -1)) {
            var equals = parameter.indexOf('=');
            if (equals < 1 && !query.isEmpty()) {
                throw problem("has the parameter \"" + parameter + "\" without a value");
            }
            if (equals > 0) {
                parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return parameters;
    }

    private static IllegalArgumentException problem(String what) {
        return new IllegalArgumentException("url " + what + FORM);
    }
}
