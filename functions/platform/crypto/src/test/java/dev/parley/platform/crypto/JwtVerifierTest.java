package dev.parley.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.kernel.tokens.NodeClaims;
import dev.parley.kernel.tokens.TokenException;
import dev.parley.kernel.tokens.TokenException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {
    private final HandMovedClock clock = new HandMovedClock();
    private final SecureRandom random = new SecureRandom();
    private final KeySet keys = KeySet.generate("access", clock.instant(), random);
    private final JwtIssuer<AccessClaims> issuer = JwtIssuer.access(keys, clock);
    private final JwtVerifier<AccessClaims> verifier = JwtVerifier.access(keys.publicKeys(), clock);
    private final AccessClaims claims = AccessClaims.user("u_1", "s_1", 3, Role.ADMIN, "Ada ♥");

    private String token() {
        return issuer.issue(Audience.API, claims).token();
    }

    /** What is read back says when it was signed, to the second. */
    private AccessClaims signed(AccessClaims written) {
        return written.issued(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void aRehearsalReadsTheKeysAndLetsNobodyIn() {
        AtomicInteger read = new AtomicInteger();
        JwtVerifier<AccessClaims> fresh = JwtVerifier.access(
                () -> {
                    read.incrementAndGet();
                    return keys.publicKeys();
                },
                clock);

        fresh.rehearse();

        assertThat(read).hasPositiveValue();
        assertThat(fresh.verify(token(), Audience.API)).isEqualTo(signed(claims));
        assertThatThrownBy(JwtVerifier.access(
                        () -> {
                            throw Errors.STORE_UNAVAILABLE.exception();
                        },
                        clock)::rehearse)
                .isInstanceOf(ApiException.class);
    }

    @Test
    void aTokenThatWasGoodOnceIsRefusedWhenItIsOverOrForAnotherOrItsKeyIsGone() {
        AtomicReference<KeySet> present = new AtomicReference<>(keys.publicKeys());
        JwtVerifier<AccessClaims> changing = JwtVerifier.access(present::get, clock);
        String token = token();
        assertThat(changing.verify(token, Audience.API)).isEqualTo(signed(claims));
        assertThat(changing.verify(token, Audience.API)).isEqualTo(signed(claims));

        assertRefused(Reason.AUDIENCE, () -> changing.verify(token, Audience.room("abc-defg-hij")));
        assertRefused(Reason.SIGNATURE, () -> changing.verify(withOtherSignature(token), Audience.API));
        present.set(KeySet.generate("access", clock.instant(), random).publicKeys());
        assertRefused(Reason.UNKNOWN_KEY, () -> changing.verify(token, Audience.API));
        present.set(keys.publicKeys());
        assertThat(changing.verify(token, Audience.API)).isEqualTo(signed(claims));
        clock.advance(Duration.ofHours(1));
        assertRefused(Reason.EXPIRED, () -> changing.verify(token, Audience.API));
    }

    private String withOtherSignature(String token) {
        String another = issuer.issue(Audience.API, AccessClaims.user("u_2", "s_2", 3, Role.USER, "Eve"))
                .token();
        return token.substring(0, token.lastIndexOf('.')) + another.substring(another.lastIndexOf('.'));
    }

    @Test
    void everyKindOfTokenSaysWhatItWasMadeWith() {
        AccessClaims guest = AccessClaims.guest("g_1", "Bob", "abc-defg-hij", "key");
        MediaClaims media = new MediaClaims(
                "p_1", "u_1", "Ada", "host", 4_294_967_295L, 7, Optional.of("key"), List.of("microphone", "camera"));
        NodeClaims node = NodeClaims.of("{}".getBytes(StandardCharsets.UTF_8));
        Audience room = Audience.room("abc-defg-hij");

        assertThat(verifier.verify(token(), Audience.API)).isEqualTo(signed(claims));
        assertThat(verifier.verify(issuer.issue(Audience.API, guest).token(), Audience.API))
                .isEqualTo(signed(guest));
        assertThat(JwtVerifier.media(keys, clock)
                        .verify(JwtIssuer.media(keys, clock).issue(room, media).token(), room))
                .isEqualTo(media);
        assertThat(JwtVerifier.node(keys, clock)
                        .verify(
                                JwtIssuer.node(keys, clock)
                                        .issue(Audience.node("n1"), node)
                                        .token(),
                                Audience.node("n1")))
                .isEqualTo(node);
        assertThat(node.covers("{}".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(node.covers(new byte[0])).isFalse();
    }

    @Test
    void aTokenEndsWithItsLifetimeAndALittleLeeway() {
        String token = token();
        clock.advance(Duration.ofMinutes(10).plusSeconds(4));
        assertThatCode(() -> verifier.verify(token, Audience.API)).doesNotThrowAnyException();
        clock.advance(Duration.ofSeconds(1));
        assertRefused(Reason.EXPIRED, () -> verifier.verify(token, Audience.API));
    }

    @Test
    void aTokenFromTheFutureIsRefused() {
        String token = token();
        clock.advance(Duration.ofSeconds(-6));

        assertRefused(Reason.NOT_YET_VALID, () -> verifier.verify(token, Audience.API));
    }

    @Test
    void aTokenForSomebodyElseIsRefused() {
        String room = issuer.issue(Audience.room("a"), claims).token();

        assertRefused(Reason.AUDIENCE, () -> verifier.verify(room, Audience.API));
        assertRefused(Reason.AUDIENCE, () -> verifier.verify(room, Audience.room("b")));
    }

    @Test
    void aKeyOfAnotherSetIsUnknownEvenUnderTheSameId() throws Exception {
        KeySet other = KeySet.generate("access", clock.instant(), random);
        String foreign =
                JwtIssuer.access(other, clock).issue(Audience.API, claims).token();
        assertRefused(Reason.UNKNOWN_KEY, () -> verifier.verify(foreign, Audience.API));

        String forged = sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(keys.keyIds().getFirst())
                        .jwk(other.publicKeys().all().getFirst())
                        .build(),
                validClaims().build(),
                other);
        assertRefused(Reason.SIGNATURE, () -> verifier.verify(forged, Audience.API));
    }

    @Test
    void onlyOurAlgorithmIsTaken() throws Exception {
        String unsigned = new PlainJWT(validClaims().build()).serialize();
        assertRefused(Reason.MALFORMED, () -> verifier.verify(unsigned, Audience.API));

        // The public key as a shared secret: the oldest trick of them all.
        SignedJWT mac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(keys.keyIds().getFirst())
                        .build(),
                validClaims().build());
        mac.sign(new MACSigner(keys.publicJson().getBytes(StandardCharsets.UTF_8)));
        assertRefused(Reason.ALGORITHM, () -> verifier.verify(mac.serialize(), Audience.API));

        String critical = sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(keys.keyIds().getFirst())
                        .criticalParams(Set.of("ours"))
                        .customParam("ours", true)
                        .build(),
                validClaims().build(),
                keys);
        assertRefused(Reason.ALGORITHM, () -> verifier.verify(critical, Audience.API));
    }

    @Test
    void aChangedTokenDoesNotFitItsSignature() {
        String[] parts = token().split("\\.");
        String admin =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("u_1", "u_2");
        String changed = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(admin.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];

        assertRefused(Reason.SIGNATURE, () -> verifier.verify(changed, Audience.API));
        String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        assertRefused(Reason.SIGNATURE, () -> verifier.verify(parts[0] + "." + parts[1] + "." + zeros, Audience.API));
    }

    @Test
    void claimsMustBeComplete() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(keys.keyIds().getFirst())
                .build();
        String foreign = sign(header, validClaims().issuer("somebody").build(), keys);
        String endless = sign(header, validClaims().expirationTime(null).build(), keys);
        String nameless = sign(header, validClaims().claim("name", null).build(), keys);
        String odd = sign(header, validClaims().claim("role", "king").build(), keys);
        String both =
                sign(header, validClaims().audience(List.of("api", "room:a")).build(), keys);

        assertRefused(Reason.ISSUER, () -> verifier.verify(foreign, Audience.API));
        assertRefused(Reason.CLAIMS, () -> verifier.verify(endless, Audience.API));
        assertRefused(Reason.CLAIMS, () -> verifier.verify(nameless, Audience.API));
        assertRefused(Reason.CLAIMS, () -> verifier.verify(odd, Audience.API));
        assertRefused(Reason.AUDIENCE, () -> verifier.verify(both, Audience.API));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.", "eyJhbGciOiJub25lIn0.e30.", "null", "{}"})
    void anythingElseIsMalformed(String text) {
        assertRefused(Reason.MALFORMED, () -> verifier.verify(text, Audience.API));
        assertRefused(Reason.MALFORMED, () -> verifier.verify(null, Audience.API));
        assertRefused(Reason.MALFORMED, () -> verifier.verify("a".repeat(5000), Audience.API));
    }

    @Test
    void whatTheOldKeySignedIsTakenUntilTheKeyIsGone() {
        String old = token();
        KeySet newer = KeySet.generate("access", clock.instant(), random);
        KeySet both = keys.rotatedTo(newer);

        assertThat(JwtVerifier.access(both, clock).verify(old, Audience.API)).isEqualTo(signed(claims));
        String fresh = JwtIssuer.access(both, clock).issue(Audience.API, claims).token();
        assertThat(JwtVerifier.access(newer, clock).verify(fresh, Audience.API)).isEqualTo(signed(claims));
        assertRefused(Reason.UNKNOWN_KEY, () -> JwtVerifier.access(newer, clock).verify(old, Audience.API));
    }

    private JWTClaimsSet.Builder validClaims() {
        return new JWTClaimsSet.Builder()
                .issuer("parley")
                .audience("api")
                .subject("u_1")
                .claim("sid", "s_1")
                .claim("ver", 1)
                .claim("role", "user")
                .claim("name", "Ada")
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(60)));
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, KeySet with) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new ECDSASigner(with.signer(Instant.EPOCH)));
        return jwt.serialize();
    }
}
