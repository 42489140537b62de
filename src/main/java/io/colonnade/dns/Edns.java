package io.colonnade.dns;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The OPT record of a query (RFC 6891).
 *
 * @param payload the largest UDP message that the client accepts, in octets
 * @param version of EDNS; only 0 is known
 * @param dnssecOk the DO bit, which is copied into the response (RFC 3225)
 * @param nsid whether the client asks for the name server's identity (RFC 5001)
 * @param cookie the client's, and the server's if it has one (RFC 7873); empty if none was sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Edns(int payload, int version, boolean dnssecOk, boolean nsid, byte[] cookie) {
    /** The size of UDP message that passes every network unfragmented (DNS flag day 2020). */
    static final int UDP_PAYLOAD = 1232;

    private static final int NSID = 3;
    private static final int COOKIE = 10;
    private static final byte[] NO_COOKIE = {};

    /** Stands for a malformed OPT record: the response has an OPT record nevertheless (RFC 6891, section 6.1.1). */
    static final Edns UNREADABLE = new Edns(0, 0, false, false, NO_COOKIE);

    /** Parses the record from the position after its name; null if its options are malformed. */
    static @Nullable Edns parse(byte[] bytes, int at, int end) {
        var nsid = false;
        var cookie = NO_COOKIE;
        for (var option = at + DnsWire.RECORD_FIXED; option < end; ) {
            if (option + 4 > end) {
                return null;
            }
            var code = DnsWire.u16(bytes, option);
            var data = option + 4;
            option = data + DnsWire.u16(bytes, option + 2);
            if (option > end || (code == COOKIE && !Cookies.isLength(option - data))) {
                return null;
            }
            nsid |= code == NSID;
            cookie = code == COOKIE ? Arrays.copyOfRange(bytes, data, option) : cookie;
        }
        var dnssecOk = (bytes[at + 6] & 0x80) != 0;
        return new Edns(DnsWire.u16(bytes, at + 2), DnsWire.u8(bytes, at + 5), dnssecOk, nsid, cookie);
    }

    /** Writes the OPT record of a response, without options; returns the position after it. */
    static int write(byte[] out, int at, int payload, int extendedRcode, boolean dnssecOk) {
        out[at] = 0;
        DnsWire.putU16(out, at + 1, org.xbill.DNS.Type.OPT);
        DnsWire.putU16(out, at + 3, payload);
        out[at + 5] = (byte) extendedRcode;
        out[at + 6] = 0;
        DnsWire.putU16(out, at + 7, dnssecOk ? 0x8000 : 0);
        DnsWire.putU16(out, at + 9, 0);
        return at + 1 + DnsWire.RECORD_FIXED;
    }
}
