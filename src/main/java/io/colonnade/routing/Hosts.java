package io.colonnade.routing;

import io.colonnade.core.Network;
import io.netty.util.NetUtil;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Site names by host. A host may start with {@code *.}, which stands for one or more labels; the longest match wins. */
final class Hosts {
    private final Map<String, String> exact = new HashMap<>();
    private final Map<String, String> wildcards = new HashMap<>();

    /** Adds the hosts of a site, except those that another site already has. */
    void add(String site, List<String> hosts) {
        for (var host : hosts) {
            if (host.startsWith("*.")) {
                wildcards.putIfAbsent(bare(host.substring(1)), site);
            } else {
                exact.putIfAbsent(bare(host), site);
            }
        }
    }

    /**
     * The site of a host as it is written in the field {@code Host}. The port, a trailing dot, the brackets of an IPv6 address
     * and the case do not matter.
     */
    @Nullable
    String site(String host) {
        var bare = bare(host);
        var site = exact.get(bare);
        return site != null || wildcards.isEmpty() ? site : wildcard(bare);
    }

    private @Nullable String wildcard(String bare) {
        for (var dot = bare.indexOf('.'); dot >= 0; dot = bare.indexOf('.', dot + 1)) {
            var site = wildcards.get(bare.substring(dot));
            if (site != null) {
                return site;
            }
        }
        return null;
    }

    private static String bare(String host) {
        if (host.startsWith("[")) {
            return address(host.substring(1, Math.max(1, host.indexOf(']'))));
        }
        var colon = host.indexOf(':');
        if (colon != host.lastIndexOf(':')) {
            return address(host);
        }
        var end = colon >= 0 ? colon : host.length();
        end = end > 0 && host.charAt(end - 1) == '.' ? end - 1 : end;
        return lowerCase(host.substring(0, end));
    }

    /** An address of IPv6 in its one form of RFC 5952: {@code 0:0::1} is {@code ::1}. */
    private static String address(String text) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return bytes == null ? lowerCase(text) : Network.text(bytes);
    }

    /** Only ASCII letters, as host names are compared; the same string if it is lower-case already. */
    private static String lowerCase(String host) {
        for (var i = 0; i < host.length(); i++) {
            var letter = host.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                return host.toLowerCase(Locale.ROOT);
            }
        }
        return host;
    }
}
