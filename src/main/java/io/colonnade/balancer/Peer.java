package io.colonnade.balancer;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.colonnade.core.ListField;
import io.colonnade.core.Network;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Who is at the other end of a connection, and what {@code X-Forwarded-*} and {@code Forwarded} (RFC 7239) say of it. Fields
 * that the peer sent itself are dropped, unless it is a trusted proxy: then they are kept and added to.
 */
final class Peer {
    private static final CharSequence X_FORWARDED_FOR = createOptimized("x-forwarded-for");
    private static final CharSequence X_FORWARDED_PROTO = createOptimized("x-forwarded-proto");
    private static final CharSequence X_FORWARDED_HOST = createOptimized("x-forwarded-host");
    private static final CharSequence FORWARDED = createOptimized("forwarded");
    private static final CharSequence X_REAL_IP = createOptimized("x-real-ip");
    private static final String X_FORWARDED = "x-forwarded";

    private final String ip;
    private final String scheme;
    private List<Network> proxies = List.of();
    private boolean trusted;
    private String host = "";
    private String forwarded = "";

    private Peer(String ip, String scheme) {
        this.ip = ip;
        this.scheme = scheme;
    }

    static Peer of(Channel channel, boolean secure) {
        var ip = channel.remoteAddress() instanceof InetSocketAddress remote
                ? Network.text(remote.getAddress())
                : "unknown";
        return new Peer(ip, secure ? "https" : "http");
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
            forget(fields);
            fields.set(X_FORWARDED_FOR, ip);
            fields.set(FORWARDED, forwarded);
            fields.set(X_FORWARDED_PROTO, scheme);
            fields.set(X_FORWARDED_HOST, requestHost);
        }
    }

    /** Whatever begins with {@code X-Forwarded}: each framework believes some of them. */
    private static void forget(MultiMap fields) {
        fields.remove(X_REAL_IP);
        var claims = 0;
        for (var names = ((HttpHeaders) fields).iteratorCharSequence(); names.hasNext(); ) {
            claims += isClaim(names.next().getKey()) ? 1 : 0;
        }
        if (claims > 0) {
            List.copyOf(fields.names()).stream().filter(Peer::isClaim).forEach(fields::remove);
        }
    }

    private static boolean isClaim(CharSequence name) {
        return name.length() >= X_FORWARDED.length()
                && AsciiString.regionMatches(name, true, 0, X_FORWARDED, 0, X_FORWARDED.length());
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
        var elements = ListField.elements(fields, name);
        elements.removeIf(Peer::isUnclosed);
        elements.add(value);
        return String.join(", ", elements);
    }

    /** Whether it has a quote that nothing closes, which would take in what is added. */
    private static boolean isUnclosed(String element) {
        return element.chars().filter(c -> c == '"').count() % 2 > 0;
    }

    private static void setIfAbsent(MultiMap fields, CharSequence name, String value) {
        if (!fields.contains(name)) {
            fields.set(name, value);
        }
    }
}
