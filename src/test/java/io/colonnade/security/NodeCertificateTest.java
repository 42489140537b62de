package io.colonnade.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeCertificateTest {
    private static final ClusterSecret OLD = ClusterSecret.parse("1".repeat(64));
    private static final ClusterSecret NEW = ClusterSecret.parse("2".repeat(64));

    /** Every node has to derive the same authority. */
    @Test
    void theAuthorityIsTheSameEachTime() throws Exception {
        var first = CertificateAuthority.of(OLD).certificate();
        var second = CertificateAuthority.of(OLD).certificate();
        assertThat(first.getPublicKey()).isEqualTo(second.getPublicKey());
        assertThat(first.getSubjectX500Principal()).isEqualTo(second.getSubjectX500Principal());
        assertThat(CertificateAuthority.of(NEW).certificate().getPublicKey()).isNotEqualTo(first.getPublicKey());
    }

    @Test
    void doesNotShowItsKey() {
        assertThat(NodeCertificate.of(new Secrets(List.of(OLD), false)).toString())
                .doesNotContain("PRIVATE");
    }
}
