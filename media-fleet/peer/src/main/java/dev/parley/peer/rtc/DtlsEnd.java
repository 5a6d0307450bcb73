package dev.parley.peer.rtc;

import dev.parley.rtp.sdp.Fingerprint;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** One end of a DTLS 1.2 connection with keys for SRTP (RFC 5764), as the client or as the server. */
final class DtlsEnd {
    /** Profiles in our order of preference. */
    static final int[] PROFILES = {
        SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80
    };

    /**
     * A finished handshake.
     *
     * @param transport carries data channel packets
     * @param srtp the agreed SRTP profile and its keys
     */
    record Connected(DTLSTransport transport, SrtpKeys srtp) {}

    private static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
    };

    private final DtlsIdentity identity;
    private final List<Fingerprint> expected;
    private int profile = -1;
    private byte[] keyingMaterial = new byte[0];

    DtlsEnd(DtlsIdentity identity, List<Fingerprint> expected) {
        this.identity = identity;
        this.expected = List.copyOf(expected);
    }

    /** Blocks until the handshake is done; throws when it fails or the certificate is not the announced one. */
    Connected handshake(boolean client, DatagramTransport datagrams) throws IOException {
        DTLSTransport transport = client
                ? new DTLSClientProtocol().connect(new Client(), datagrams)
                : new DTLSServerProtocol().accept(new Server(), datagrams);
        return new Connected(transport, SrtpKeys.split(profile, keyingMaterial, client));
    }

    private void export(TlsContext context) throws IOException {
        if (profile < 0) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile was agreed on");
        }
        keyingMaterial = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, SrtpKeys.length(profile));
    }

    private void verify(Certificate certificate) throws IOException {
        if (certificate == null || certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no certificate");
        }
        String fingerprint = DtlsIdentity.sha256(certificate.getCertificateAt(0).getEncoded());
        boolean announced = expected.stream()
                .anyMatch(one -> one.algorithm().equalsIgnoreCase("sha-256")
                        && one.value().equalsIgnoreCase(fingerprint));
        if (!announced) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the certificate is not the announced one");
        }
    }

    private TlsCredentialedSigner signer(TlsContext context) {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                identity.crypto(),
                identity.privateKey(),
                identity.certificate(),
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    private static int choose(UseSRTPData offered) {
        for (int ours : PROFILES) {
            for (int theirs : offered.getProtectionProfiles()) {
                if (ours == theirs) {
                    return ours;
                }
            }
        }
        return -1;
    }

    private final class Client extends DefaultTlsClient {
        Client() {
            super(identity.crypto());
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return CIPHER_SUITES.clone();
        }

        @Override
        public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = new Hashtable<>();
            Hashtable<?, ?> standard = super.getClientExtensions();
            if (standard != null) {
                standard.forEach((type, value) -> extensions.put((Integer) type, (byte[]) value));
            }
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(PROFILES.clone(), TlsUtils.EMPTY_BYTES));
            return extensions;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void processServerExtensions(Hashtable extensions) throws IOException {
            super.processServerExtensions(extensions);
            UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
            profile = chosen == null ? -1 : choose(chosen);
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                    verify(server.getCertificate());
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return signer(context);
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            export(context);
        }
    }

    private final class Server extends DefaultTlsServer {
        Server() {
            super(identity.crypto());
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return CIPHER_SUITES.clone();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void processClientExtensions(Hashtable extensions) throws IOException {
            super.processClientExtensions(extensions);
            UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
            profile = offered == null ? -1 : choose(offered);
        }

        @Override
        public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = new Hashtable<>();
            Hashtable<?, ?> standard = super.getServerExtensions();
            if (standard != null) {
                standard.forEach((type, value) -> extensions.put((Integer) type, (byte[]) value));
            }
            if (profile >= 0) {
                TlsSRTPUtils.addUseSRTPExtension(
                        extensions, new UseSRTPData(new int[] {profile}, TlsUtils.EMPTY_BYTES));
            }
            return extensions;
        }

        @Override
        public CertificateRequest getCertificateRequest() {
            Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
            algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
            algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
            return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign}, algorithms, null);
        }

        @Override
        public void notifyClientCertificate(Certificate certificate) throws IOException {
            verify(certificate);
        }

        @Override
        protected TlsCredentialedSigner getECDSASignerCredentials() {
            return signer(context);
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            export(context);
        }
    }
}
