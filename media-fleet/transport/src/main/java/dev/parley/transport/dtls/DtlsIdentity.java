package dev.parley.transport.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * A process's DTLS key and self-signed certificate: ECDSA on P-256, made at start, never stored. Who the process is
 * stands in the SDP fingerprint, not in the certificate.
 */
public final class DtlsIdentity {
    private static final Duration VALID_BEFORE = Duration.ofDays(1);
    private static final Duration VALID_AFTER = Duration.ofDays(90);
    private static final X500Name NAME = new X500Name("CN=parley");
    private static final AlgorithmIdentifier ECDSA_SHA256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private final SecureRandom random;
    private final AsymmetricKeyParameter privateKey;
    private final byte[] certificateDer;
    private final Fingerprint fingerprint;

    private DtlsIdentity(SecureRandom random, AsymmetricKeyParameter privateKey, byte[] certificateDer) {
        this.random = random;
        this.privateKey = privateKey;
        this.certificateDer = certificateDer;
        this.fingerprint = Fingerprint.sha256Of(certificateDer);
    }

    /**
     * Makes a key and its certificate, valid from a day before {@code now} for three months.
     *
     * @throws IllegalStateException when the cryptography is missing
     */
    public static DtlsIdentity generate(SecureRandom random, Instant now) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(
                        SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1)),
                random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    NAME,
                    new BigInteger(64, random).add(BigInteger.ONE),
                    Date.from(now.minus(VALID_BEFORE)),
                    Date.from(now.plus(VALID_AFTER)),
                    NAME,
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
            byte[] der = builder.build(new BcECContentSignerBuilder(
                                    ECDSA_SHA256, new DefaultDigestAlgorithmIdentifierFinder().find(ECDSA_SHA256))
                            .build(pair.getPrivate()))
                    .getEncoded();
            return new DtlsIdentity(random, pair.getPrivate(), der);
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("the DTLS certificate could not be made", e);
        }
    }

    /** What our SDP announces. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    SecureRandom random() {
        return random;
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    byte[] certificateDer() {
        return certificateDer;
    }
}
