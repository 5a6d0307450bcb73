package dev.parley.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.TokenException;
import dev.parley.platform.crypto.KeyFolder.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys change under signers and verifiers that run on; time is moved by hand. */
class KeyRotationTest {
    private static final AccessClaims CLAIMS = AccessClaims.user("u_1", "s_1", 1, Role.USER, "Ada");

    private final HandMovedClock clock = new HandMovedClock();
    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    private KeyFolder keys;

    @BeforeEach
    void make() {
        keys = new KeyFolder(folder);
        keys.createMissing(clock, random);
    }

    private KeySet rotate(Duration lead) {
        return keys.rotate(Name.ACCESS, lead, clock, random);
    }

    private static String kid(String token) {
        return new String(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[0]))
                .replaceFirst(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void aKeyIsPublishedFirstAndSignsOnceEverybodyHasIt() {
        JwtIssuer<AccessClaims> issuer = JwtIssuer.access(keys.source(Name.ACCESS, clock), clock);
        JwtVerifier<AccessClaims> verifier = JwtVerifier.access(keys.source(Name.ACCESS, clock), clock);
        String first = keys.load(Name.ACCESS).keyIds().getFirst();
        assertThat(kid(issuer.issue(Audience.API, CLAIMS).token())).isEqualTo(first);

        KeySet published = rotate(Duration.ofHours(24));

        assertThat(published.keyIds()).hasSize(2).contains(first);
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        String last = issuer.issue(Audience.API, CLAIMS).token();
        assertThat(kid(last)).isEqualTo(first);
        clock.advance(Duration.ofSeconds(1));
        String fresh = issuer.issue(Audience.API, CLAIMS).token();
        assertThat(kid(fresh)).isNotEqualTo(first);
        for (String token : List.of(last, fresh)) {
            assertThat(verifier.verify(token, Audience.API)).isNotNull();
        }
    }

    @Test
    void aStepThatIsRepeatedAddsNothing() {
        KeySet once = rotate(KeyFolder.LEAD);
        KeySet twice = rotate(KeyFolder.LEAD);

        assertThat(twice.keyIds()).isEqualTo(once.keyIds());
    }

    @Test
    void aKeyIsDroppedAnHourAfterItsSuccessorStarted() {
        String first = keys.load(Name.ACCESS).keyIds().getFirst();
        rotate(KeyFolder.LEAD);
        clock.advance(KeyFolder.LEAD.plus(Duration.ofMinutes(59)));
        assertThat(rotate(KeyFolder.LEAD).keyIds()).hasSize(3).contains(first);

        clock.advance(Duration.ofMinutes(1));
        KeySet present = rotate(KeyFolder.LEAD);

        assertThat(present.keyIds()).hasSize(2).doesNotContain(first);
        assertThat(present.signingKeyId(clock.instant())).isNotEqualTo(first);
    }

    @Test
    void yearsOfRotationKeepTwoKeysOrThree() {
        for (int month = 0; month < 36; month++) {
            assertThat(rotate(KeyFolder.LEAD).keyIds()).hasSize(2);
            clock.advance(Duration.ofDays(30));
        }
    }

    @Test
    void aTokenOfAKeyThatIsNewerThanTheVerifierKnowsIsTakenAfterALook() {
        JwtVerifier<AccessClaims> verifier = JwtVerifier.access(keys.source(Name.ACCESS, clock), clock);
        verifier.verify(
                JwtIssuer.access(keys.load(Name.ACCESS), clock)
                        .issue(Audience.API, CLAIMS)
                        .token(),
                Audience.API);
        rotate(Duration.ZERO);
        String fresh = JwtIssuer.access(keys.load(Name.ACCESS), clock)
                .issue(Audience.API, CLAIMS)
                .token();

        // It looked a moment ago, and does not look for every token that names some key.
        assertThatThrownBy(() -> verifier.verify(fresh, Audience.API)).isInstanceOf(TokenException.class);
        clock.advance(LiveKeys.PATIENCE);
        assertThat(verifier.verify(fresh, Audience.API).userId()).isEqualTo("u_1");
    }

    @Test
    void keysThatCannotBeReadAgainStayInUse() throws Exception {
        JwtIssuer<AccessClaims> issuer = JwtIssuer.access(keys.source(Name.ACCESS, clock), clock);
        String first = kid(issuer.issue(Audience.API, CLAIMS).token());
        Path file = folder.resolve("access.jwks.json");
        String text = Files.readString(file);
        Files.writeString(file, "half a fi");
        clock.advance(LiveKeys.FRESH);

        assertThat(kid(issuer.issue(Audience.API, CLAIMS).token())).isEqualTo(first);

        Files.writeString(file, text);
        rotate(Duration.ZERO);
        clock.advance(LiveKeys.PATIENCE);
        assertThat(kid(issuer.issue(Audience.API, CLAIMS).token())).isNotEqualTo(first);
    }

    @Test
    void aSourceReadsNothingBeforeItIsAskedAndIsUnavailableUntilItCan() throws Exception {
        Files.delete(folder.resolve("node.jwks.json"));
        KeySource source = keys.source(Name.NODE, clock);

        assertThatThrownBy(source::keys).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.code()).isEqualTo("store.unavailable");
            assertThat(e.status()).isEqualTo(503);
            assertThat(e).hasCauseInstanceOf(KeySetException.class).hasRootCauseInstanceOf(IOException.class);
            assertThat(e.getCause()).hasMessageContaining("node.jwks.json");
        });
        assertThatThrownBy(() -> keys.open(Name.NODE, clock))
                .isInstanceOf(KeySetException.class)
                .hasMessageContaining("node.jwks.json");
        keys.createMissing(clock, random);
        assertThat(source.keys().keyIds()).hasSize(1);
    }

    @Test
    void theFileStaysItsOwnersAlone() throws Exception {
        rotate(KeyFolder.LEAD);

        Path file = folder.resolve("access.jwks.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(4);
        }
        assertThat(keys.load(Name.ACCESS).publicJson()).doesNotContain("\"d\"");
    }
}
