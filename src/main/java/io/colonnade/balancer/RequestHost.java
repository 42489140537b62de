package io.colonnade.balancer;

import io.netty.util.NetUtil;

/**
 * The host that a request is for, with or without a port, as in the field {@code Host}. Of what RFC 3986 section 3.2.2 allows this is what
 * can be the name or the address of a machine, so that it can be repeated in other fields as it is.
 */
final class RequestHost {
    /** Of a name in the domain name system, and more than of an address. */
    private static final int LONGEST = 255;

    private static final int LAST_PORT = 65535;

    private RequestHost() {}

    static boolean isValid(String host) {
        var end = host.startsWith("[") ? endOfAddress(host) : endOfName(host);
        return end > 0 && end <= LONGEST && (end == host.length() || isPort(host, end));
    }

    /** Without a zone, which means nothing to another machine. */
    private static int endOfAddress(String host) {
        var end = host.indexOf(']');
        return end > 0 && host.indexOf('%') < 0 && NetUtil.isValidIpV6Address(host.substring(1, end)) ? end + 1 : -1;
    }

    /** Labels of letters, digits, dashes, underscores and tildes, with dots between them and perhaps one at the end; -1 if it is none. */
    private static int endOfName(String host) {
        var label = 0;
        for (var i = 0; i < host.length(); i++) {
            var c = host.charAt(i);
            if (c == ':') {
                return i;
            }
            if (c == '.' ? label == 0 : !isOfName(c)) {
                return -1;
            }
            label = c == '.' ? 0 : label + 1;
        }
        return host.length();
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || c == '-'
                || c == '_'
                || c == '~';
    }

    private static boolean isPort(String host, int colon) {
        if (host.charAt(colon) != ':') {
            return false;
        }
        var port = 0;
        for (var i = colon + 1; i < host.length(); i++) {
            var digit = host.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            port = Math.min(port * 10 + digit, LAST_PORT + 1);
        }
        return port <= LAST_PORT;
    }
}
