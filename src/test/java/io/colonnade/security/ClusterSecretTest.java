package io.colonnade.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSecretTest {
    private static final String ONES = "1".repeat(64);

    @Test
    void isReadAsItIsWritten() {
        var secret = ClusterSecret.fresh(new SecureRandom());
        assertThat(ClusterSecret.parse(secret.text())).isEqualTo(secret);
        assertThat(ClusterSecret.parse(secret.text()).id()).isEqualTo(secret.id());
    }

    @Test
    void isNotShown() {
        assertThat(ClusterSecret.parse(ONES).toString()).doesNotContain("1111");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hush", "11", "x111111111111111111111111111111111111111111111111111111111111111"})
    void refusesOtherTextsWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> ClusterSecret.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("allowed are 64 hexadecimal digits, as \"secret new\" prints");
    }

    /** RFC 5869, test case 3: no salt, no info. */
    @Test
    void theLibraryDerivesAsRfc5869Says() {
        var hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(HexFormat.of().parseHex("0b".repeat(22)), null, new byte[0]));
        var okm = new byte[42];
        hkdf.generateBytes(okm, 0, okm.length);
        assertThat(HexFormat.of().formatHex(okm))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    /** Were this to change, nodes of two versions would not know each other's secret for the same. */
    @Test
    void derivesTheSameForEver() {
        var secret = ClusterSecret.parse(ONES);
        assertThat(HexFormat.of().formatHex(secret.derive("join 1", 8))).isEqualTo("d82ee211395099a0");
        assertThat(HexFormat.of().toHexDigits(secret.id())).isEqualTo("e702dadd16a4d470");
    }

    @Test
    void derivesAnotherKeyForEachPurposeAndSecret() {
        var keys = List.of(
                ClusterSecret.parse(ONES).derive("a", 32),
                ClusterSecret.parse(ONES).derive("b", 32),
                ClusterSecret.parse("2".repeat(64)).derive("a", 32));
        assertThat(keys.stream().map(HexFormat.of()::formatHex)).doesNotHaveDuplicates();
    }

    @Test
    void oneOrTwoMayBeGiven() {
        var twos = "2".repeat(64);
        var both = Secrets.parse("\n" + ONES + "\n" + twos + "\n", false);
        assertThat(both.current()).isEqualTo(ClusterSecret.parse(ONES));
        assertThat(both.accepted(ClusterSecret.parse(twos).id())).contains(ClusterSecret.parse(twos));
        assertThat(Secrets.parse(ONES, false).accepted(ClusterSecret.parse(twos).id()))
                .isEmpty();
        assertThatThrownBy(() -> Secrets.parse(" \n", false)).hasMessageStartingWith("there are 0 secrets; allowed is");
        assertThatThrownBy(() -> Secrets.parse(ONES + " " + twos + " " + ONES, false))
                .hasMessageStartingWith("there are 3 secrets; allowed is one, or two while it is being changed");
    }
}
