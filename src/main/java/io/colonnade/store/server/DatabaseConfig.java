package io.colonnade.store.server;

import io.colonnade.config.ConfigException;
import io.colonnade.config.Settings;
import io.colonnade.config.Shorthand;
import io.colonnade.core.Address;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which database a node uses: one text, or a block.
 *
 * @param url {@code embedded}, {@code galera}, or {@code mysql://USER@HOST[:PORT][,HOST[:PORT]...]/DB[?KEY=VALUE&...]}; the keys
 *     are {@code tls}, {@code ca} and all those of {@link StoreConfig}; values in the URL take precedence over the file. Default
 *     {@code embedded}
 * @param hosts instead of a URL, the user's own servers: one, a primary and its replicas, or the members of a Galera
 *     cluster. Default port 3306. Default none
 * @param user the name of the account there
 * @param schema the prefix of the sites' schemas: the site {@code foobar} gets {@code SCHEMA_foobar}, or {@code SCHEMA} itself if
 *     the account may not create schemas
 * @param tls how connections are encrypted. Default disabled
 * @param ca a PEM file of the authorities that sign the servers' certificates; empty for those that Java trusts
 */
public record DatabaseConfig(
        @Shorthand String url, List<Address> hosts, String user, String schema, TlsMode tls, String ca) {
    private static final String EMBEDDED = "embedded";
    private static final String GALERA = "galera";
    private static final int DEFAULT_PORT = 3306;
    private static final String TLS = "tls";
    private static final String CA = "ca";
    private static final Set<String> OWN_PARAMETERS = Set.of(TLS, CA);

    public static final DatabaseConfig DEFAULTS = new DatabaseConfig(EMBEDDED, List.of(), "", "", TlsMode.DISABLED, "");

    public DatabaseConfig {
        if (url.startsWith(DatabaseUrl.SCHEME)) {
            check(hosts.isEmpty(), "hosts are given besides a url; allowed is one of both");
            var parsed = DatabaseUrl.parse(url);
            hosts = parsed.hosts();
            user = parsed.user();
            schema = parsed.schema();
            tls = parsed.parameters().containsKey(TLS)
                    ? mode(parsed.parameters().get(TLS))
                    : tls;
            ca = parsed.parameters().getOrDefault(CA, ca);
            overridden(parsed, StoreConfig.DEFAULTS);
        } else {
            check(
                    url.equals(EMBEDDED) || url.equals(GALERA),
                    "url is \"" + url
                            + "\"; allowed is embedded, galera or mysql://USER@HOST[:PORT][,HOST[:PORT]...]/DB");
            check(
                    url.equals(EMBEDDED) || hosts.isEmpty(),
                    "hosts are given besides galera, whose members are nodes with the role db; allowed is one of both");
        }
        check(!ca.contains("&"), "ca is " + ca + "; allowed is the name of a file without &");
        hosts = hosts.stream().map(DatabaseConfig::atDefaultPort).toList();
        check(new HashSet<>(hosts).size() == hosts.size(), "hosts has one of them twice; allowed is each once");
        if (!hosts.isEmpty()) {
            check(!user.isEmpty(), "user is missing; allowed is the name to sign in with");
            check(
                    schema.matches("[A-Za-z0-9_$-]{1,64}"),
                    "schema is \"" + schema + "\"; allowed are up to 64 letters, digits, _, $ and -");
        }
    }

    /** Whether the cluster runs the database itself, on one machine. */
    public boolean isEmbedded() {
        return hosts.isEmpty() && url.equals(EMBEDDED);
    }

    /** Whether the nodes with the role {@code db} run the database together, as a Galera cluster. */
    public boolean isGalera() {
        return url.equals(GALERA);
    }

    /** The settings, with the URL's parameters over them. */
    public StoreConfig over(StoreConfig store) {
        return url.startsWith(DatabaseUrl.SCHEME) ? overridden(DatabaseUrl.parse(url), store) : store;
    }

    private static StoreConfig overridden(DatabaseUrl url, StoreConfig store) {
        var settings = Settings.of(store);
        url.parameters().forEach((key, value) -> {
            if (!OWN_PARAMETERS.contains(key)) {
                settings.set(key, value, "the parameter of the url");
            }
        });
        try {
            return settings.bind();
        } catch (ConfigException refused) {
            throw new IllegalArgumentException("url: " + String.join("; ", refused.problems()), refused);
        }
    }

    private static TlsMode mode(String text) {
        return Stream.of(TlsMode.values())
                .filter(mode -> text.equals(mode.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("url has the parameter tls=" + text
                        + "; allowed is disabled, required, verify or verify-identity"));
    }

    private static Address atDefaultPort(Address address) {
        return address.port() == 0 ? new Address(address.host(), DEFAULT_PORT) : address;
    }

    private static void check(boolean fine, String message) {
        if (!fine) {
            throw new IllegalArgumentException(message);
        }
    }
}
