package io.colonnade.core;

/**
 * A host and a port, written {@code host:port}; an IPv6 host is written in brackets, {@code [::1]:5701}.
 *
 * @param host a name or an IP address without brackets
 * @param port 0 to 65535; 0 stands for "any free port" where a listener is meant
 */
public record Address(String host, int port) {
    public Address {
        if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("the host is missing");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the port is " + port + "; allowed is 0 to 65535");
        }
    }

    /**
     * Parses {@code host:port}, {@code [v6]:port}, or a host alone, which then has the default port.
     *
     * @throws IllegalArgumentException if the text is no address; the message says why
     */
    public static Address parse(String text, int defaultPort) {
        var portColon = text.startsWith("[") ? text.indexOf("]:") + 1 : onlyColon(text);
        var host = portColon > 0 ? text.substring(0, portColon) : text;
        var port = portColon > 0 ? parsePort(text.substring(portColon + 1)) : defaultPort;
        return new Address(withoutBrackets(host), port);
    }

    private static int onlyColon(String text) {
        var first = text.indexOf(':');
        return first == text.lastIndexOf(':') ? first : -1;
    }

    private static int parsePort(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("the port \"" + digits + "\" is no number", notANumber);
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
