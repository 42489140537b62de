package io.colonnade.it.dns;

import java.util.Locale;

/** What carries a message. */
enum DnsTransport {
    UDP,
    TCP;

    static DnsTransport of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
