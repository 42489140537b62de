package io.colonnade.it.dns;

import java.util.Locale;

/** What carries a message. */
enum Transport {
    UDP,
    TCP;

    static Transport of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
