package io.colonnade.dns;

import java.util.List;
import org.xbill.DNS.Rcode;

/**
 * The result for a name and a type: the sections of the answer.
 *
 * @param rcode the response code of the header
 * @param authoritative false for a referral (RFC 1034, section 4.2.1) and without a zone
 */
record Lookup(
        int rcode,
        boolean authoritative,
        List<RecordSet> answer,
        List<RecordSet> authority,
        List<RecordSet> additional) {
    /** The name is in no zone of this server. */
    static final Lookup REFUSED = empty(Rcode.REFUSED);

    /** The name is in a zone that cannot be answered at present. */
    static final Lookup SERVFAIL = empty(Rcode.SERVFAIL);

    private static Lookup empty(int rcode) {
        return new Lookup(rcode, false, List.of(), List.of(), List.of());
    }

    /** Whether the answer refers the client to other name servers; it is useless without their addresses (RFC 9471). */
    boolean isReferral() {
        return rcode == Rcode.NOERROR && !authoritative;
    }
}
