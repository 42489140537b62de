package io.colonnade.node.settings;

import io.colonnade.config.Secret;
import io.colonnade.security.Secrets;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Checks the values of {@link NodeConfig}. A refusal names the key, the value and what is allowed. */
final class NodeChecks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|(0:){7}1|::1");
    private static final Pattern ANY_ADDRESS = Pattern.compile("0+(\\.0+){3}|[0:]*:[0:]*");

    private NodeChecks() {}

    static void name(String key, String name, boolean mayBeEmpty) {
        var fine = name.isEmpty() ? mayBeEmpty : NAME.matcher(name).matches();
        check(fine, key + " is \"" + name + "\"; allowed are up to 63 lower-case letters, digits and dashes");
    }

    static void range(String key, int value, int least, int most) {
        check(value >= least && value <= most, key + " is " + value + "; allowed is " + least + " to " + most);
    }

    static void range(String key, Duration value, Duration least, Duration most) {
        var fine = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        check(fine, key + " is " + seconds(value) + "; allowed is " + seconds(least) + " to " + seconds(most));
    }

    static void atLeastOne(String key, Collection<?> values) {
        check(!values.isEmpty(), key + " is empty; allowed is one or more");
    }

    static void notEmpty(String key, String value) {
        check(!value.isBlank(), key + " is empty; allowed is a directory");
    }

    static void oneAddress(String key, String host) {
        check(
                !ANY_ADDRESS.matcher(host).matches(),
                key + " is " + host
                        + "; allowed is one address of this machine, at which the other members can reach this node");
    }

    static void ownAddress(String key, String address) {
        check(
                address.isEmpty() || NetUtil.createByteArrayFromIpAddressString(address) != null,
                key + " is \"" + address
                        + "\"; allowed is an IP address of this machine, or nothing for every address");
    }

    static void address(String key, String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        var fine = bytes != null && IntStream.range(0, bytes.length).anyMatch(i -> bytes[i] != 0);
        check(fine, key + " has \"" + address + "\"; allowed are IP addresses that clients can reach");
    }

    static void loopback(String key, String host) {
        check(
                host.isEmpty() || LOOPBACK.matcher(host).matches(),
                key + " is " + host + ", which is beyond this machine, and there is no secret; make one with"
                        + " java -jar colonnade.jar secret new, and give it to every node with --secret-file FILE");
    }

    static void secret(Secret secret, String file) {
        check(secret.isEmpty() || file.isEmpty(), "secret and secret-file are both given; allowed is one of them");
        if (!secret.isEmpty()) {
            parsed(secret);
        }
    }

    private static void parsed(Secret secret) {
        try {
            Secrets.parse(secret.value(), false);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("secret is malformed; " + malformed.getMessage(), malformed);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static void check(boolean fine, String message) {
        if (!fine) {
            throw new IllegalArgumentException(message);
        }
    }
}
