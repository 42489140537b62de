package io.colonnade.dns;

import io.colonnade.core.Clock;
import io.colonnade.security.KeyedHash;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Server cookies (RFC 7873), made as RFC 9018 says. A client that returns its cookie has shown that it receives what is sent to
 * its address. The secret lives as long as the process; a client with a cookie of an earlier process gets a new one.
 */
final class Cookies {
    /** The length of the option in a response, in octets: code and length, the client's cookie, the server's cookie. */
    static final int OPTION = 4 + 8 + 16;

    private static final int CODE = 10;
    private static final int CLIENT = 8;
    private static final int SERVER = 16;
    private static final int HEAD = 8;
    private static final byte VERSION = 1;
    private static final long OLDEST_SECONDS = 3600;
    private static final long NEWEST_SECONDS = 300;

    private final KeyedHash hash;
    private final Clock clock;

    Cookies(KeyedHash hash, Clock clock) {
        this.hash = hash;
        this.clock = clock;
    }

    static Cookies random(Clock clock) {
        var secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        return new Cookies(new KeyedHash(secret), clock);
    }

    /** Whether an option of that length can be a cookie: a client cookie alone, or with a server cookie of 8 to 32 octets. */
    static boolean isLength(int length) {
        return length == CLIENT || (length >= 16 && length <= 40);
    }

    /** Whether the cookie has a server part that was made for this address within the last hour. */
    boolean isValid(byte[] cookie, byte[] address) {
        if (cookie.length != CLIENT + SERVER || cookie[CLIENT] != VERSION) {
            return false;
        }
        // Seconds modulo 2^32, compared as serial numbers (RFC 9018, section 4.3).
        var age = (int) clock.now().getEpochSecond() - (DnsWire.u16(cookie, 12) << 16 | DnsWire.u16(cookie, 14));
        if (age > OLDEST_SECONDS || age < -NEWEST_SECONDS) {
            return false;
        }
        var expected = new byte[8];
        DnsWire.putU64(expected, 0, hash(cookie, 0, address));
        return Arrays.equals(expected, 0, 8, cookie, CLIENT + HEAD, CLIENT + SERVER);
    }

    /** Writes the option for the client's cookie; returns the position after it. */
    int write(byte[] out, int at, byte[] cookie, byte[] address) {
        DnsWire.putU16(out, at, CODE);
        DnsWire.putU16(out, at + 2, CLIENT + SERVER);
        System.arraycopy(cookie, 0, out, at + 4, CLIENT);
        var server = at + 4 + CLIENT;
        DnsWire.putU32(out, server, (long) VERSION << 24);
        DnsWire.putU32(out, server + 4, clock.now().getEpochSecond());
        DnsWire.putU64(out, server + HEAD, hash(out, at + 4, address));
        return server + SERVER;
    }

    /** The hash of client cookie, version, reserved octets, time, and the client's address (RFC 9018, section 4.4). */
    private long hash(byte[] bytes, int cookieAt, byte[] address) {
        var text = Arrays.copyOfRange(bytes, cookieAt, cookieAt + CLIENT + HEAD + address.length);
        System.arraycopy(address, 0, text, CLIENT + HEAD, address.length);
        // RFC 9018 writes the hash in little-endian order.
        return Long.reverseBytes(hash.hash(text, text.length));
    }
}
