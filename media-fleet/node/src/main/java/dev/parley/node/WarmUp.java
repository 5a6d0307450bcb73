package dev.parley.node;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.contracts.node.NodeFailure;
import dev.parley.contracts.node.NodeOffer;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.NodeClaims;
import dev.parley.node.negotiation.Agreement;
import dev.parley.node.negotiation.LocalTransport;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeySet;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.dtls.DtlsWarmUp;
import dev.parley.transport.ice.IceCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does once, before the node says it is ready, what the first person would otherwise wait a second for: loading the classes of a DTLS
 * handshake, an exchange, a message, and a call of the control API.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int ROUNDS = 3;
    private static final int TIMEOUT_MILLIS = 2_000;

    private WarmUp() {}

    static void run(DtlsIdentity identity, SecureRandom random) {
        try (InputStream resource = WarmUp.class.getResourceAsStream("warm-up-offer.sdp")) {
            DtlsWarmUp.run(identity);
            String offer = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            for (int i = 0; i < ROUNDS; i++) {
                exchange(offer, identity, random);
                messages();
                tokens(random);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("not warmed up; the first session will take longer", e);
        }
    }

    private static void exchange(String sdp, DtlsIdentity identity, SecureRandom random) {
        NodeOffer offer = Wire.read(
                Wire.writeBytes(new NodeOffer("", 1, sdp, List.of(new TrackLabel("0", Source.MICROPHONE)), List.of())),
                NodeOffer.class);
        Agreement agreement = Agreement.of(offer.sdp(), offer.tracks(), EnumSet.allOf(Source.class), 64, random);
        agreement.answer(
                new LocalTransport(
                        IceCredentials.generate(random),
                        identity.fingerprint(),
                        agreement.remote().role(),
                        "127.0.0.1",
                        9),
                "warm-up",
                1);
        agreement.spec(1);
    }

    /** A token of a key made for it: its classes and the curve's arithmetic. */
    private static void tokens(SecureRandom random) {
        InstantSource clock = InstantSource.system();
        KeySet keys = KeySet.generate("warm-up", clock.instant(), random);
        String token = JwtIssuer.node(keys, clock)
                .issue(Audience.node("warm-up"), NodeClaims.of(new byte[0]))
                .token();
        JwtVerifier.node(keys, clock).verify(token, Audience.node("warm-up"));
    }

    private static void messages() {
        for (String text : List.of(
                "{\"t\":\"want\",\"rev\":1,\"slots\":[{\"slot\":0,\"participant\":\"p\",\"source\":\"camera\"}]}",
                "{\"t\":\"mute\",\"source\":\"camera\",\"muted\":true}",
                "{\"t\":\"roster\",\"rev\":1,\"add\":[{\"participant\":\"p\",\"sources\":[]}]}",
                "{\"t\":\"ping\",\"at\":1}")) {
            Wire.json().writerFor(ChannelMessage.class).writeValueAsString(Wire.read(text, ChannelMessage.class));
        }
        Wire.writeBytes(NodeFailure.of("warm.up", ""));
    }

    /** Calls the control API without a token: TLS, HTTP and the refusal are loaded. */
    static void call(String controlUrl, SSLContext trusting) {
        try {
            HttpsURLConnection connection = (HttpsURLConnection)
                    URI.create(controlUrl + "/v1/health").toURL().openConnection();
            connection.setSSLSocketFactory(trusting.getSocketFactory());
            connection.setHostnameVerifier((host, session) -> true);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer warm.up.call");
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException e) {
            LOG.debug("the control API was not warmed up", e);
        }
    }
}
