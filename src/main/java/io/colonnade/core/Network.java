package io.colonnade.core;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * An IP address or a network in CIDR notation, such as {@code 10.0.0.0/8} or {@code fd00::/8}. An address of IPv4 that is mapped into IPv6,
 * {@code ::ffff:10.0.0.1}, is that address of IPv4.
 */
public final class Network {
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
    private static final int MAPPED_BITS = MAPPED.length * 8;

    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /**
     * Parses an address or a network.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Network parse(String text) {
        var slash = text.indexOf('/');
        var address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        var prefix = slash < 0 ? Integer.MAX_VALUE : prefix(text.substring(slash + 1));
        if (address == null || prefix < 0 || (slash >= 0 && prefix > address.length * 8)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is none; allowed are IP addresses and networks such as 10.0.0.0/8");
        }
        var bits = Math.min(prefix, address.length * 8);
        return isMapped(address) && bits >= MAPPED_BITS
                ? new Network(unmapped(address), bits - MAPPED_BITS)
                : new Network(address, bits);
    }

    /** The text of an address as RFC 5952 has it, without a zone. */
    public static String text(InetAddress address) {
        return text(address.getAddress());
    }

    /** The text of an address of 4 or 16 bytes as RFC 5952 has it. */
    public static String text(byte[] address) {
        try {
            return NetUtil.toAddressString(InetAddress.getByAddress(unmapped(address)));
        } catch (UnknownHostException neitherFourNorSixteenBytes) {
            throw new IllegalStateException(neitherFourNorSixteenBytes);
        }
    }

    private static boolean isMapped(byte[] address) {
        return address.length == 16 && Arrays.equals(address, 0, 12, MAPPED, 0, 12);
    }

    private static byte[] unmapped(byte[] address) {
        return isMapped(address) ? Arrays.copyOfRange(address, 12, 16) : address;
    }

    private static int prefix(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    /** Whether the address belongs to it; false for what is no IP address. */
    public boolean contains(String ip) {
        var other = NetUtil.createByteArrayFromIpAddressString(ip);
        return other != null && contains(other);
    }

    /** Whether the address, 4 or 16 bytes, belongs to it. */
    public boolean contains(byte[] member) {
        var other = unmapped(member);
        return other.length == address.length
                && Arrays.equals(address, 0, prefix / 8, other, 0, prefix / 8)
                && sameBits(other);
    }

    private boolean sameBits(byte[] other) {
        var bits = prefix % 8;
        var at = prefix / 8;
        return bits == 0 || ((address[at] ^ other[at]) & 0xff) >> (8 - bits) == 0;
    }
}
