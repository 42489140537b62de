package io.colonnade.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedHashTest {
    /** The octets 0, 1, 2 ... under the key 0, 1, 2 ... 15: examples of the authors, whose output has the little end first. */
    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "1, 74f839c593dc67fd",
        "7, ab0200f58b01d137",
        "8, 93f5f5799a932462",
        "15, a129ca6149be45e5"
    })
    void isSipHash24(int length, String expected) {
        var hash = new KeyedHash(octets(16));
        hash.hash(octets(20), 20); // what was hashed before does not matter
        assertThat(Long.toHexString(hash.hash(octets(20), length))).isEqualTo(expected);
    }

    private static byte[] octets(int count) {
        var octets = new byte[count];
        for (var i = 0; i < count; i++) {
            octets[i] = (byte) i;
        }
        return octets;
    }
}
