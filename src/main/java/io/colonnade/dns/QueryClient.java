package io.colonnade.dns;

import io.netty.util.NetUtil;

/**
 * Who asks.
 *
 * @param address 4 or 16 octets
 * @param udp else TCP
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record QueryClient(byte[] address, boolean udp) {
    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(address) + (udp ? " udp" : " tcp");
    }
}
