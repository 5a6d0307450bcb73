package dev.parley.transport.dtls;

import dev.parley.transport.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.EncryptionAlgorithm;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** What both handshake roles have in common: our credentials, the check of theirs, the SRTP keys, how it ended. */
final class PeerChecks {
    /** Forward-secret AEAD suites only; ours is an ECDSA certificate, a remote server's may be RSA. */
    static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
    };

    private static final SignatureAndHashAlgorithm ECDSA_SHA256 =
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private final DtlsIdentity identity;
    private final DtlsRole role;
    private final Fingerprint expected;
    private final BcTlsCrypto crypto;
    private boolean certificateSeen;
    private boolean fingerprintMismatch;
    private boolean explicitNonce = true;
    private SrtpKeyMaterial keys;
    private volatile boolean closedByPeer;

    PeerChecks(DtlsIdentity identity, DtlsRole role, Fingerprint expected) {
        this.identity = identity;
        this.role = role;
        this.expected = expected;
        this.crypto = new DtlsCrypto(identity.random());
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        Certificate chain =
                new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, identity.certificateDer())});
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), crypto, identity.privateKey(), chain, ECDSA_SHA256);
    }

    /** The signatures we accept of the other side. */
    static Vector<SignatureAndHashAlgorithm> acceptedSignatures() {
        Vector<SignatureAndHashAlgorithm> accepted = new Vector<>();
        for (short hash : new short[] {HashAlgorithm.sha256, HashAlgorithm.sha384, HashAlgorithm.sha512}) {
            accepted.add(SignatureAndHashAlgorithm.getInstance(hash, SignatureAlgorithm.ecdsa));
            accepted.add(SignatureAndHashAlgorithm.getInstance(hash, SignatureAlgorithm.rsa));
        }
        return accepted;
    }

    /** Holds the other side's certificate against the fingerprint of its SDP. */
    void checkCertificate(Certificate chain) throws IOException {
        if (chain == null || chain.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer sent no certificate");
        }
        if (!expected.matches(chain.getCertificateAt(0).getEncoded())) {
            fingerprintMismatch = true;
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate, "the certificate does not have the announced fingerprint");
        }
        certificateSeen = true;
    }

    /** What encrypted records look like from now on, the handshake's own included. */
    void cipherSuiteChosen(int suite) {
        explicitNonce = TlsUtils.getEncryptionAlgorithm(suite) != EncryptionAlgorithm.CHACHA20_POLY1305;
    }

    /** Takes the keys out of the finished handshake. */
    void exportKeys(TlsContext context, SrtpProfile profile) throws IOException {
        if (!certificateSeen) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer sent no certificate");
        }
        keys = new SrtpKeyMaterial(
                profile,
                role,
                context.exportKeyingMaterial(SrtpKeyMaterial.EXPORTER_LABEL, null, SrtpKeyMaterial.length(profile)));
    }

    void alertReceived(short level, short description) {
        if (level == AlertLevel.fatal || description == AlertDescription.close_notify) {
            closedByPeer = true;
        }
    }

    /** Bytes an encrypted record has at least: its tag and, but for ChaCha20, the half of its nonce that travels. */
    int shortestEncryptedRecord() {
        return explicitNonce ? 24 : 16;
    }

    SrtpKeyMaterial keys() {
        return keys;
    }

    boolean fingerprintMismatch() {
        return fingerprintMismatch;
    }

    boolean closedByPeer() {
        return closedByPeer;
    }
}
