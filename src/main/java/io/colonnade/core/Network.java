package io.colonnade.core;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** An IP address or a network in CIDR notation, such as {@code 10.0.0.0/8} or {@code fd00::/8}. */
public final class Network {
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
        return new Network(address, Math.min(prefix, address.length * 8));
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
    public boolean contains(byte[] other) {
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
