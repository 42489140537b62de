package io.colonnade.security;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The private certificate authority of a cluster. Every node that has the secret derives the same key for it. So each node signs
 * its own certificate and can check those of the others, and no certificates need to be kept or copied.
 */
final class CertificateAuthority {
    /** Certificates do not expire (RFC 5280, 4.1.2.5): changing the secret ends them, and no clock is asked. */
    private static final Date NOT_BEFORE = Date.from(Instant.parse("2020-01-01T00:00:00Z"));

    private static final Date NOT_AFTER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private CertificateAuthority(X500Name name, KeyPair keys) throws GeneralSecurityException {
        this.name = name;
        this.keys = keys;
        certificate = sign(name, keys.getPublic(), true);
    }

    static CertificateAuthority of(ClusterSecret secret) throws GeneralSecurityException {
        var name = new X500Name("CN=Colonnade cluster " + HexFormat.of().toHexDigits(secret.id()));
        return new CertificateAuthority(name, P256.keyPair(secret.derive("certificate authority", P256.SEED)));
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** A certificate for a node's key, to be shown as a client and as a server. */
    X509Certificate issue(PublicKey key) throws GeneralSecurityException {
        return sign(new X500Name("CN=Colonnade node"), key, false);
    }

    static KeyPair freshKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(P256.NAME), RANDOM);
        return generator.generateKeyPair();
    }

    private X509Certificate sign(X500Name subject, PublicKey key, boolean authority) throws GeneralSecurityException {
        try {
            var serial = new BigInteger(127, RANDOM).setBit(126);
            var builder = new JcaX509v3CertificateBuilder(name, serial, NOT_BEFORE, NOT_AFTER, subject, key)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                    .addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (CertIOException | OperatorCreationException impossible) {
            throw new GeneralSecurityException(impossible);
        }
    }
}
