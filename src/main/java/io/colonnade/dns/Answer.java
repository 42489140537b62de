package io.colonnade.dns;

import org.jspecify.annotations.Nullable;

/**
 * The part of a response that depends on the question alone: the sections after the question, encoded.
 *
 * @param body the octets that follow header and question in a message; compressed names may point into those
 * @param answers how many records the answer section has
 * @param authorities how many the authority section has
 * @param additionals how many the additional section has
 * @param additionalAt where in the body that section begins
 * @param additionalNeeded whether the answer is useless without the additional section
 * @param rotation the addresses that take turns; null if none do
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(
        int rcode,
        boolean authoritative,
        byte[] body,
        int answers,
        int authorities,
        int additionals,
        int additionalAt,
        boolean additionalNeeded,
        @Nullable Rotation rotation) {
    private static final byte[] NOTHING = {};

    /** An answer without records. */
    static Answer empty(int rcode) {
        return new Answer(rcode, false, NOTHING, 0, 0, 0, 0, false, null);
    }

    /** The answer without its additional section, which may be left out if it does not fit (RFC 2181, section 9). */
    Answer withoutAdditional() {
        return new Answer(rcode, authoritative, body, answers, authorities, 0, additionalAt, false, rotation);
    }

    /** The number of octets of the body that are sent. */
    int length() {
        return additionals == 0 ? additionalAt : body.length;
    }
}
