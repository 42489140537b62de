package io.colonnade.dns;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * Holds the encoded answers of one state of the zones. An answer is encoded when it is first needed, and kept in the slot of the
 * question's hash, where it replaces the former answer. Therefore random questions cost bounded memory, and at most one encoding
 * each. Used by one thread.
 */
final class AnswerCache {
    private static final int SLOTS = 4096;

    /** Larger answers are rare, and are encoded each time. */
    private static final int LARGEST_HELD = Edns.UDP_PAYLOAD;

    private static final Answer REFUSED = Answer.empty(Rcode.REFUSED);

    private final Zones zones;
    private final Encoder encoder;
    private final @Nullable Slot[] slots = new Slot[SLOTS];

    /** A question, with its name in lower case, and its answer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Slot(byte[] name, int type, Answer answer) {}

    AnswerCache(Zones zones, Encoder encoder) {
        this.zones = zones;
        this.encoder = encoder;
    }

    Zones zones() {
        return zones;
    }

    /** The answer to a question of class IN and of a type that records can have. */
    Answer of(Query query) {
        var bytes = query.bytes();
        var hash = query.type();
        for (var at = DnsWire.HEADER; at < query.nameEnd(); at++) {
            hash = hash * 31 + lower(bytes[at]);
        }
        var index = (hash ^ hash >>> 15) & SLOTS - 1;
        var slot = slots[index];
        if (slot != null && slot.type() == query.type() && isNameOf(query, slot.name())) {
            return slot.answer();
        }
        return make(query, index);
    }

    private Answer make(Query query, int index) {
        var name = Arrays.copyOfRange(query.bytes(), DnsWire.HEADER, query.nameEnd());
        for (var i = 0; i < name.length; i++) {
            name[i] = lower(name[i]);
        }
        var parsed = parse(name);
        var lookup = zones.find(parsed, query.type());
        if (lookup.rcode() == Rcode.REFUSED) {
            return REFUSED;
        }
        var answer = encoder.encode(parsed, query.type(), lookup);
        if (answer.body().length <= LARGEST_HELD) {
            slots[index] = new Slot(name, query.type(), answer);
        }
        return answer;
    }

    private static boolean isNameOf(Query query, byte[] name) {
        if (query.nameEnd() - DnsWire.HEADER != name.length) {
            return false;
        }
        for (var i = 0; i < name.length; i++) {
            if (lower(query.bytes()[DnsWire.HEADER + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Lower case as names are compared (RFC 4343). Lengths of labels are at most 63, so they are not changed. */
    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
    }

    private static Name parse(byte[] name) {
        try {
            return new Name(name);
        } catch (IOException defect) {
            throw new IllegalStateException("a name was taken for one that is none", defect);
        }
    }
}
