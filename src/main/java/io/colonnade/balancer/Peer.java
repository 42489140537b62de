package io.colonnade.balancer;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.colonnade.core.Network;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, and what {@code X-Forwarded-*} and {@code Forwarded} (RFC 7239) say of it. Fields
 * that the peer sent itself are dropped, unless it is a trusted proxy: then they are kept and added to.
 */
final class Peer {
    private static final CharSequence X_FORWARDED_FOR = createOptimized("x-forwarded-for");
    private static final CharSequence X_FORWARDED_PROTO = createOptimized("x-forwarded-proto");
    private static final CharSequence X_FORWARDED_HOST = createOptimized("x-forwarded-host");
    private static final CharSequence FORWARDED = createOptimized("forwarded");
    private static final List<CharSequence> OTHERS = List.of(
            createOptimized("x-forwarded-port"), createOptimized("x-forwarded-ssl"), createOptimized("x-real-ip"));

    private final String ip;
    private final String scheme;
    private List<Network> proxies = List.of();
    private boolean trusted;
    private String host = "";
    private String forwarded = "";

    Peer(String ip, String scheme) {
        this.ip = ip;
        this.scheme = scheme;
    }

    /**
     * Makes the fields of a request say who sent it.
     *
     * @param trustedProxies as they are configured now
     */
    void announce(MultiMap fields, String requestHost, List<Network> trustedProxies) {
        remember(requestHost);
        trust(trustedProxies);
        if (trusted) {
            fields.set(X_FORWARDED_FOR, appended(fields, X_FORWARDED_FOR, ip));
            fields.set(FORWARDED, appended(fields, FORWARDED, forwarded));
            setIfAbsent(fields, X_FORWARDED_PROTO, scheme);
            setIfAbsent(fields, X_FORWARDED_HOST, requestHost);
        } else {
            fields.set(X_FORWARDED_FOR, ip);
            fields.set(FORWARDED, forwarded);
            fields.set(X_FORWARDED_PROTO, scheme);
            fields.set(X_FORWARDED_HOST, requestHost);
            for (var i = 0; i < OTHERS.size(); i++) {
                fields.remove(OTHERS.get(i));
            }
        }
    }

    /** Found out once for each configuration, not for each request. */
    private void trust(List<Network> trustedProxies) {
        if (proxies != trustedProxies) {
            proxies = trustedProxies;
            trusted = trustedProxies.stream().anyMatch(network -> network.contains(ip));
        }
    }

    /** Requests of one connection mostly have one host: its field is put together once. */
    private void remember(String requestHost) {
        if (!requestHost.equals(host)) {
            var node = ip.indexOf(':') >= 0 ? "\"[" + ip + "]\"" : ip;
            host = requestHost;
            forwarded = "for=" + node + ";host=\"" + requestHost + "\";proto=" + scheme;
        }
    }

    private static String appended(MultiMap fields, CharSequence name, String value) {
        @Nullable String before = fields.contains(name) ? String.join(", ", fields.getAll(name)) : null;
        return before == null ? value : before + ", " + value;
    }

    private static void setIfAbsent(MultiMap fields, CharSequence name, String value) {
        if (!fields.contains(name)) {
            fields.set(name, value);
        }
    }
}
