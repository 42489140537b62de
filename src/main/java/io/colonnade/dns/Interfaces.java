package io.colonnade.dns;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of this machine. A UDP socket that is open on all of them answers from whichever the route suggests, and resolvers
 * drop what comes from another address than they asked; so each gets a socket of its own.
 */
final class Interfaces {
    private Interfaces() {}

    /** The addresses, with those of the machine in place of {@code 0.0.0.0} and {@code ::}. */
    static List<String> expand(List<String> addresses) {
        return addresses.stream().flatMap(Interfaces::expand).distinct().toList();
    }

    private static Stream<String> expand(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes != null && isZero(bytes) ? ofFamily(bytes.length) : Stream.of(address);
    }

    private static boolean isZero(byte[] bytes) {
        for (var octet : bytes) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    private static Stream<String> ofFamily(int octets) {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(each -> each.getAddress().length == octets)
                    .map(Interfaces::text);
        } catch (SocketException unknown) {
            return Stream.of(octets == 4 ? "0.0.0.0" : "::");
        }
    }

    /** A link-local address is one only together with its interface. */
    private static String text(InetAddress address) {
        return address instanceof Inet4Address
                ? address.getHostAddress()
                : address.getHostAddress().replaceFirst("%0$", "");
    }
}
