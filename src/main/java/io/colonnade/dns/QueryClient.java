package io.colonnade.dns;

import io.netty.util.NetUtil;

/**
 * The sender of a query.
 *
 * @param address 4 or 16 octets
 * @param udp true for UDP, false for TCP
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record QueryClient(byte[] address, boolean udp) {
    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(address) + (udp ? " udp" : " tcp");
    }
}
