package io.colonnade.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a node needs for mutual TLS with the others of its cluster, as PEM texts: a key of its own, made at its start and kept nowhere, with a
 * certificate of the cluster's authority.
 *
 * @param certificate by the authority of the secret that is used
 * @param privateKey of the certificate
 * @param authorities whose certificates are accepted: one for each secret that is
 */
public record NodeCertificate(String certificate, String privateKey, List<String> authorities) {
    public static NodeCertificate of(Secrets secrets) {
        try {
            var keys = CertificateAuthority.freshKeys();
            var certificate = CertificateAuthority.of(secrets.current()).issue(keys.getPublic());
            var authorities = new ArrayList<String>();
            for (var secret : secrets.accepted()) {
                var authority = CertificateAuthority.of(secret).certificate();
                authorities.add(pem("CERTIFICATE", authority.getEncoded()));
            }
            return new NodeCertificate(
                    pem("CERTIFICATE", certificate.getEncoded()),
                    pem("PRIVATE KEY", keys.getPrivate().getEncoded()),
                    List.copyOf(authorities));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has the curve P-256", impossible);
        }
    }

    private static String pem(String type, byte[] content) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + type + "-----\n" + lines.encodeToString(content) + "\n-----END " + type + "-----\n";
    }

    /** Not the key. */
    @Override
    public String toString() {
        return certificate;
    }
}
