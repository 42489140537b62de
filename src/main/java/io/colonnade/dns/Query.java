package io.colonnade.dns;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * A message from a client, as far as it could be parsed.
 *
 * @param bytes the message itself; the array is used again for the next message when this one is answered
 * @param rcode the response code that follows from the form alone: NOERROR, FORMERR or NOTIMP
 * @param questionEnd the position after the question; {@link DnsWire#HEADER} if there is no readable question
 * @param type the type that is asked for
 * @param dclass the class that is asked for
 * @param edns the OPT record; null if the query has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Query(byte[] bytes, int rcode, int questionEnd, int type, int dclass, @Nullable Edns edns) {
    private static final int RESPONSE = 0x80;

    /** Parses a message; null if it must not be answered, because it is shorter than a header or is a response itself. */
    static @Nullable Query parse(byte[] bytes, int length) {
        if (length < DnsWire.HEADER || (bytes[2] & RESPONSE) != 0) {
            return null;
        }
        var nameEnd = DnsWire.endOfPlainName(bytes, DnsWire.HEADER, length);
        var questions = DnsWire.u16(bytes, 4);
        var readable = questions == 1 && nameEnd > 0 && nameEnd + 4 <= length;
        var questionEnd = readable ? nameEnd + 4 : DnsWire.HEADER;
        // There must be one question (RFC 9619), or none if the client only wants a cookie (RFC 7873, section 5.4).
        var query =
                readable || questions == 0 ? records(bytes, length, questionEnd) : malformed(bytes, questionEnd, null);
        return opcode(bytes) == Opcode.QUERY ? query : new Query(bytes, Rcode.NOTIMP, questionEnd, 0, 0, query.edns());
    }

    private static Query records(byte[] bytes, int length, int questionEnd) {
        var before = DnsWire.u16(bytes, 6) + DnsWire.u16(bytes, 8);
        var count = before + DnsWire.u16(bytes, 10);
        var at = questionEnd;
        @Nullable Edns edns = null;
        for (var i = 0; i < count; i++) {
            var end = DnsWire.endOfRecord(bytes, at, length);
            if (end < 0) {
                return malformed(bytes, questionEnd, edns);
            }
            var fixed = DnsWire.endOfName(bytes, at, length);
            if (DnsWire.u16(bytes, fixed) == Type.OPT) {
                var fits = edns == null && i >= before && fixed == at + 1;
                edns = fits ? Edns.parse(bytes, fixed, end) : null;
                if (edns == null) {
                    return malformed(bytes, questionEnd, Edns.UNREADABLE);
                }
            }
            at = end;
        }
        return at == length ? complete(bytes, questionEnd, edns) : malformed(bytes, questionEnd, edns);
    }

    private static Query complete(byte[] bytes, int questionEnd, @Nullable Edns edns) {
        if (questionEnd == DnsWire.HEADER) {
            var rcode = edns != null && edns.cookie().length > 0 ? Rcode.NOERROR : Rcode.FORMERR;
            return new Query(bytes, rcode, questionEnd, 0, 0, edns);
        }
        var type = DnsWire.u16(bytes, questionEnd - 4);
        var rcode = type == 0 ? Rcode.FORMERR : Rcode.NOERROR;
        return new Query(bytes, rcode, questionEnd, type, DnsWire.u16(bytes, questionEnd - 2), edns);
    }

    private static Query malformed(byte[] bytes, int questionEnd, @Nullable Edns edns) {
        return new Query(bytes, Rcode.FORMERR, questionEnd, 0, 0, edns);
    }

    boolean hasQuestion() {
        return questionEnd > DnsWire.HEADER;
    }

    int opcode() {
        return opcode(bytes);
    }

    private static int opcode(byte[] bytes) {
        return bytes[2] >> 3 & 0xf;
    }

    /** The position after the name of the question. */
    int nameEnd() {
        return questionEnd - 4;
    }
}
