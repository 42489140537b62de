package io.colonnade.dns;

/** Finds the parts of a message (RFC 1035, section 4.1), and reads and writes its numbers. */
final class DnsWire {
    static final int HEADER = 12;

    /** The octets of a record between its name and its data: type, class, TTL, length of the data. */
    static final int RECORD_FIXED = 10;

    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 255;
    private static final int POINTER = 0xC0;

    private DnsWire() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    static void putU16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    static void putU32(byte[] bytes, int at, long value) {
        putU16(bytes, at, (int) (value >> 16));
        putU16(bytes, at + 2, (int) value);
    }

    static void putU64(byte[] bytes, int at, long value) {
        putU32(bytes, at, value >> 32);
        putU32(bytes, at + 4, value);
    }

    /** The position after the uncompressed name that starts there; -1 if it is malformed. */
    static int endOfPlainName(byte[] bytes, int start, int limit) {
        var at = start;
        while (at < limit) {
            var length = u8(bytes, at);
            at += 1 + length;
            if (length == 0) {
                return at - start <= MAX_NAME ? at : -1;
            }
            if (length > MAX_LABEL) {
                return -1;
            }
        }
        return -1;
    }

    /** The position after the name that starts there, which may be compressed (section 4.1.4); -1 if it is malformed. */
    static int endOfName(byte[] bytes, int start, int limit) {
        var at = start;
        while (at < limit) {
            var length = u8(bytes, at);
            if (length == 0) {
                return at + 1;
            }
            if (length >= POINTER) {
                return at + 2 <= limit ? at + 2 : -1;
            }
            if (length > MAX_LABEL) {
                return -1;
            }
            at += 1 + length;
        }
        return -1;
    }

    /** The position after the record that starts there; -1 if it is malformed. */
    static int endOfRecord(byte[] bytes, int start, int limit) {
        var fixed = endOfName(bytes, start, limit);
        if (fixed < 0 || fixed + RECORD_FIXED > limit) {
            return -1;
        }
        var end = fixed + RECORD_FIXED + u16(bytes, fixed + RECORD_FIXED - 2);
        return end <= limit ? end : -1;
    }
}
