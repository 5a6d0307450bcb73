package dev.parley.platform.crypto;

import dev.parley.kernel.PasswordHasher;
import dev.parley.platform.crypto.Argon2id.Cost;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argon2id (RFC 9106) with 19 MiB, two passes, one lane, a 128-bit salt and a 256-bit tag, in PHC form:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$salt$tag}. Passwords are normalised to NFKC, so that the same one typed on another keyboard
 * fits. Thread-safe. A computation takes 19 MiB and a core while it runs, so it runs on threads of its own, half as many as there are
 * cores, and the rest queue: a storm of logins leaves room for everything else, virtual threads above all.
 */
public final class Argon2Hasher implements PasswordHasher {
    private static final Cost COST = new Cost(19 * 1024, 2, 1);
    /** A verifier that asks for more than this is not one of ours and is refused instead of computed. */
    private static final Cost MOST = new Cost(256 * 1024, 10, 4);

    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,86})");

    private final Executor cores = threads(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final SecureRandom random;
    private final Cost cost;
    private final String nobody;

    public Argon2Hasher(SecureRandom random) {
        this(random, COST);
    }

    Argon2Hasher(SecureRandom random, Cost cost) {
        this.random = Objects.requireNonNull(random);
        this.cost = cost;
        byte[] salt = new byte[SALT_BYTES];
        byte[] tag = new byte[TAG_BYTES];
        random.nextBytes(salt);
        random.nextBytes(tag);
        this.nobody = new Verifier(cost, salt, tag).phc();
    }

    /**
     * Loads what a hash takes: one that costs next to nothing.
     *
     * @throws IllegalStateException afterwards, when hashes take several times as long as they could
     */
    public static void loadAhead() {
        new Argon2Hasher(new SecureRandom(), new Cost(8, 1, 1)).verifyNobody("");
        Argon2id.slowBecause().ifPresent(why -> {
            throw new IllegalStateException("Passwords are hashed by Bouncy Castle: " + why);
        });
    }

    @Override
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Verifier(cost, salt, tag(password, cost, salt, TAG_BYTES)).phc();
    }

    @Override
    public boolean verify(String password, String verifier) {
        Verifier stored = Verifier.parse(verifier);
        if (stored == null) {
            return false;
        }
        byte[] tag = tag(password, stored.cost(), stored.salt(), stored.tag().length);
        return MessageDigest.isEqual(tag, stored.tag());
    }

    @Override
    public boolean needsRehash(String verifier) {
        Verifier stored = Verifier.parse(verifier);
        return stored == null || !stored.cost().equals(cost) || stored.tag().length != TAG_BYTES;
    }

    @Override
    public boolean verifyNobody(String password) {
        verify(password, nobody);
        return false;
    }

    private byte[] tag(String password, Cost cost, byte[] salt, int length) {
        String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
        byte[] bytes = normal.getBytes(StandardCharsets.UTF_8);
        return CompletableFuture.supplyAsync(() -> Argon2id.fastest().tag(bytes, salt, cost, length), cores)
                .join();
    }

    private static Executor threads(int count) {
        ThreadFactory daemons = Thread.ofPlatform().daemon().name("argon2-", 0).factory();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private record Verifier(Cost cost, byte[] salt, byte[] tag) {
        String phc() {
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes() + "$"
                    + base64.encodeToString(salt) + "$" + base64.encodeToString(tag);
        }

        /** Null when the text is not a verifier of ours. */
        static Verifier parse(String phc) {
            Matcher parts = PHC.matcher(phc == null ? "" : phc);
            if (!parts.matches()) {
                return null;
            }
            Cost cost = new Cost(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
            if (!cost.within(MOST)) {
                return null;
            }
            try {
                return new Verifier(
                        cost,
                        Base64.getDecoder().decode(parts.group(4)),
                        Base64.getDecoder().decode(parts.group(5)));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }
}
