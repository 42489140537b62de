package io.colonnade.dns;

import org.jspecify.annotations.Nullable;

/**
 * The part of a response that is the same for all who ask the same question: its sections after the question, encoded.
 *
 * @param body as it stands in a message after header and question; compressed names point into those
 * @param answers how many records the answer section has
 * @param authorities how many the authority section has
 * @param additionals how many the additional section has
 * @param additionalAt where in the body that section begins
 * @param additionalNeeded whether the answer is of no use without it
 * @param rotation which addresses take turns; null if none do
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

    /** Without the additional section, which may be left out where it would not fit (RFC 2181, section 9). */
    Answer withoutAdditional() {
        return new Answer(rcode, authoritative, body, answers, authorities, 0, additionalAt, false, rotation);
    }

    /** How many octets of the body are sent. */
    int length() {
        return additionals == 0 ? additionalAt : body.length;
    }
}
