package io.colonnade.dns;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of this machine. Each gets its own socket: a UDP socket that is open on all addresses answers from the one that the
 * route suggests, and resolvers drop answers from another address than the one they asked.
 */
final class LocalAddresses {
    private LocalAddresses() {}

    /**
     * Replaces {@code 0.0.0.0} and {@code ::} by the addresses of the machine.
     *
     * @throws ListenException if no address is left
     */
    static List<String> expand(List<String> addresses) {
        var expanded =
                addresses.stream().flatMap(LocalAddresses::expand).distinct().toList();
        if (expanded.isEmpty()) {
            throw new ListenException("this machine has no address of the kind that dns.bind names: " + addresses);
        }
        return expanded;
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
                    // Resolvers do not ask a name server at a link-local address.
                    .filter(each -> !each.isLinkLocalAddress())
                    .map(InetAddress::getAddress)
                    .filter(each -> each.length == octets)
                    .map(NetUtil::bytesToIpAddress);
        } catch (SocketException unknown) {
            return Stream.of(octets == 4 ? "0.0.0.0" : "::");
        }
    }
}
