package io.colonnade.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final ClusterSecret OLD = ClusterSecret.parse("1".repeat(64));
    private static final ClusterSecret NEW = ClusterSecret.parse("2".repeat(64));
    private static final byte[] VALUE = "a session".getBytes(StandardCharsets.US_ASCII);

    private final Seal seal = seal("sessions", OLD);

    @Test
    void opensWhatItSealed() {
        var sealed = seal.seal("a", VALUE);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("session");
        assertThat(seal.open("a", sealed)).isEqualTo(VALUE);
    }

    @Test
    void neverSealsTwiceTheSame() {
        assertThat(seal.seal("a", VALUE)).isNotEqualTo(seal.seal("a", VALUE));
    }

    @Test
    void opensNothingUnderAnotherName() {
        var sealed = seal.seal("a", VALUE);
        assertThat(seal.open("b", sealed)).isNull();
        assertThat(seal("others", OLD).open("a", sealed)).isNull();
    }

    @Test
    void opensNothingThatWasAltered() {
        var sealed = seal.seal("a", VALUE);
        for (var i = 0; i < sealed.length; i++) {
            var altered = sealed.clone();
            altered[i] ^= 1;
            assertThat(seal.open("a", altered)).isNull();
        }
        assertThat(seal.open("a", new byte[35])).isNull();
    }

    @Test
    void opensWhatIsSealedWithEitherSecretWhileItIsBeingChanged() {
        var sealed = seal.seal("a", VALUE);
        var both = seal("sessions", NEW, OLD);
        assertThat(both.open("a", sealed)).isEqualTo(VALUE);
        assertThat(both.isCurrent(sealed)).isFalse();
        assertThat(both.isCurrent(both.seal("a", VALUE))).isTrue();
        assertThat(seal("sessions", NEW).open("a", sealed)).isNull();
    }

    private static Seal seal(String purpose, ClusterSecret... secrets) {
        return new Seal(new Secrets(List.of(secrets), false), purpose);
    }
}
