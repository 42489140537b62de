package io.colonnade.security;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/** Keys on the curve P-256 that are derived and not drawn; the JDK can only draw them. */
final class P256 {
    static final String NAME = "secp256r1";

    /** 128 bits more than the curve's order has, so that the key is as good as uniform (FIPS 186-5, A.2.1). */
    static final int SEED = 48;

    private P256() {}

    /** The pair of that seed. */
    static KeyPair keyPair(byte[] seed) throws GeneralSecurityException {
        var curve = CustomNamedCurves.getByName(NAME);
        var one = BigInteger.ONE;
        var secret = new BigInteger(1, seed).mod(curve.getN().subtract(one)).add(one);
        var point = curve.getG().multiply(secret).normalize();
        var publicPoint = new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
        var factory = KeyFactory.getInstance("EC");
        return new KeyPair(
                factory.generatePublic(new ECPublicKeySpec(publicPoint, parameters())),
                factory.generatePrivate(new ECPrivateKeySpec(secret, parameters())));
    }

    private static ECParameterSpec parameters() throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(NAME));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }
}
