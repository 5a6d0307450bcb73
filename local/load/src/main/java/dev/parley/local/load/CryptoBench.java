package dev.parley.local.load;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.platform.crypto.Argon2Hasher;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeySet;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * {@code local/bench crypto}: a password's hash, a token signed and a token verified, beside what the libraries do by themselves: Bouncy Castle's Argon2id,
 * Nimbus with the JDK's P-256. They take turns; the medians are compared. Exit code 3 when one is not ahead as it should be.
 */
public final class CryptoBench {
    private static final String USAGE = """
            local/bench crypto [--json]

            Microseconds of a password's hash, of a token signed and of a token verified, and how many times as long the alternative takes that is
            asked in turns with it: Bouncy Castle's Argon2id, and Nimbus with the JDK's P-256. Without the optimising compiler, as on Lambda.

              --json        one JSON object a line: {bench, profile, server, metric, value, unit, target, held}
            """;

    private static final int HASHES = 15;
    private static final int TOKENS = 400;
    private static final double HASH_TARGET = 2;
    private static final double SIGN_TARGET = 1.2;
    private static final double VERIFY_TARGET = 2;
    private static final AccessClaims CLAIMS = AccessClaims.user("u_ada", "s_ada", 1, Role.USER, "Ada");

    private final Report report;

    private CryptoBench(boolean json) {
        this.report = new Report("crypto", json);
    }

    /** What is timed. @throws Exception when it cannot be done, or its result is wrong */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    /** Runs it. @param given {@code --json} or nothing */
    public static void main(String[] given) {
        Bench.main(given, USAGE, CryptoBench::parse, CryptoBench::measured);
    }

    private static Boolean parse(List<String> given) {
        for (String argument : given) {
            if (!argument.equals("--json")) {
                throw new IllegalArgumentException("Unknown argument " + argument);
            }
        }
        return !given.isEmpty();
    }

    private static boolean measured(boolean json) throws Exception {
        CryptoBench bench = new CryptoBench(json);
        bench.hash();
        bench.tokens();
        return bench.report.held();
    }

    private void hash() throws Exception {
        String password = "Correct-horse-7";
        Argon2Hasher hasher = new Argon2Hasher(new SecureRandom());
        String verifier = hasher.hash(password);
        compared(
                "hash",
                HASHES,
                HASH_TARGET,
                () -> require(hasher.verify(password, verifier)),
                () -> bouncyCastle(password));
    }

    /** With the memory and the passes that {@link Argon2Hasher} takes. */
    private static void bouncyCastle(String password) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(19 * 1024)
                .withIterations(2)
                .withParallelism(1)
                .withSalt(new byte[16])
                .build());
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), new byte[32]);
    }

    private void tokens() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("access-1").generate();
        KeySet keys = KeySet.parse(new JWKSet(key).toString(false));
        JwtIssuer<AccessClaims> issuer = JwtIssuer.access(keys, InstantSource.system());
        JwtVerifier<AccessClaims> verifier = JwtVerifier.access(keys, InstantSource.system());
        ECDSASigner signer = new ECDSASigner(key);
        JWSVerifier theirs = new ECDSAVerifier(key.toPublicJWK());
        compared("sign", TOKENS, SIGN_TARGET, () -> issuer.issue(Audience.API, CLAIMS), () -> signed(signer));

        // Each once: a verifier remembers what it has seen.
        Queue<String> tokens = new ArrayDeque<>();
        for (int token = 0; token < 2 * TOKENS; token++) {
            tokens.add(issuer.issue(Audience.API, AccessClaims.user("u_ada", "s_" + token, 1, Role.USER, "Ada"))
                    .token());
        }
        Queue<String> same = new ArrayDeque<>(tokens);
        compared(
                "verify",
                TOKENS,
                VERIFY_TARGET,
                () -> require(
                        verifier.verify(tokens.remove(), Audience.API).userId().equals("u_ada")),
                () -> require(verified(same.remove(), theirs)));
    }

    private static void signed(ECDSASigner signer) throws JOSEException {
        Instant now = Instant.now();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("access-1").build(),
                new JWTClaimsSet.Builder()
                        .issuer("parley")
                        .subject("u_ada")
                        .audience(Audience.API.value())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(600)))
                        .claim("sid", "s_ada")
                        .claim("name", "Ada")
                        .build());
        jwt.sign(signer);
        require(!jwt.serialize().isEmpty());
    }

    private static boolean verified(String token, JWSVerifier verifier) throws ParseException, JOSEException {
        SignedJWT jwt = SignedJWT.parse(token);
        return jwt.verify(verifier) && jwt.getJWTClaimsSet().getExpirationTime().after(new Date());
    }

    private void compared(String what, int times, double target, Step ours, Step theirs) throws Exception {
        List<Long> our = new ArrayList<>();
        List<Long> their = new ArrayList<>();
        for (int turn = 0; turn < 2 * times; turn++) {
            long took = nanos(ours);
            long tookThem = nanos(theirs);
            // The first half is for the compiler.
            if (turn >= times) {
                our.add(took);
                their.add(tookThem);
            }
        }
        report.line(what, "us", middle(our) / 1_000, "us", null);
        report.line(what, "alternative_us", middle(their) / 1_000, "us", null);
        report.line(what, "times_faster", middle(their) / middle(our), "times", target);
    }

    private static long nanos(Step step) throws Exception {
        long began = System.nanoTime();
        step.run();
        return System.nanoTime() - began;
    }

    private static double middle(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalStateException("A result is wrong");
        }
    }
}
