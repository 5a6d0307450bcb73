package dev.parley.identity;

import dev.parley.contracts.identity.SessionView;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Principal;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.IssuedToken;
import dev.parley.kernel.tokens.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sessions and their refresh tokens. Every refresh rotates the token. An old token that comes back means that two hold the session, one of
 * them a thief: the session ends for both (RFC 9700, section 4.14.2). Only within {@link #GRACE} of its rotation the token before the
 * current one is answered, with the very successor it was given, because a browser may lose an answer or ask twice at once.
 */
public final class Sessions {
    /** How long a session lasts without being refreshed. */
    public static final Duration LIFETIME = Duration.ofDays(30);
    /** How long the token before the current one is still answered. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    private final SessionStore store;
    private final TokenIssuer<AccessClaims> issuer;
    private final IdentityEvents events;
    private final Ids ids;
    private final InstantSource clock;

    public Sessions(
            SessionStore store, TokenIssuer<AccessClaims> issuer, IdentityEvents events, Ids ids, InstantSource clock) {
        this.store = store;
        this.issuer = issuer;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** What a client gets: the access token, and the refresh token with which it gets the next. */
    public record Tokens(IssuedToken access, String refreshToken) {
        /** Without the tokens. */
        @Override
        public String toString() {
            return "Tokens[until " + access.expiresAt() + "]";
        }
    }

    /**
     * Opens a session for an account that has just signed in, in the account's epoch. Its owner is told, if it is open elsewhere only.
     *
     * @param others what was open of this account before
     */
    Tokens open(Account account, Device device, List<Session> others) {
        Instant now = clock.instant();
        // First: a session that nobody was told of would be one that is known the next time.
        if (!others.isEmpty() && others.stream().noneMatch(other -> device.like(other.device()))) {
            events.signedIn(account, device);
        }
        RefreshToken refresh = new RefreshToken(ids.session(), ids.secret());
        Session session = new Session(
                refresh.sessionId(),
                account.id(),
                account.role(),
                account.nickname(),
                1,
                account.sessionEpoch(),
                refresh.hash(),
                Optional.empty(),
                ids.secret(),
                device,
                now,
                now,
                now.plus(LIFETIME));
        store.add(session);
        return tokens(session, refresh);
    }

    /**
     * Rotates.
     *
     * @param device where it is asked from, which is what the session's owner sees from now on
     * @throws dev.parley.kernel.ApiException 401 {@code auth.refresh_invalid} or {@code auth.refresh_reused}
     */
    public Tokens refresh(String text, Device device) {
        RefreshToken presented = RefreshToken.parse(text).orElseThrow(IdentityErrors.REFRESH_INVALID::exception);
        Session session = store.find(presented.sessionId()).orElseThrow(IdentityErrors.REFRESH_INVALID::exception);
        if (session.currentHash().equals(presented.hash())) {
            Optional<Tokens> rotated = rotate(session, presented, device);
            if (rotated.isPresent()) {
                return rotated.get();
            }
            // Somebody else presented the same token at the same time and was faster: read what became of it.
            session = store.find(presented.sessionId()).orElseThrow(IdentityErrors.REFRESH_INVALID::exception);
        }
        return repeat(session, presented);
    }

    private Optional<Tokens> rotate(Session session, RefreshToken presented, Device device) {
        Instant now = clock.instant();
        String nonce = ids.secret();
        RefreshToken next = presented.successor(nonce);
        Session.Previous previous = new Session.Previous(presented.hash(), nonce, now);
        Session rotated = session.rotated(next.hash(), previous, device, now.plus(LIFETIME));
        return store.rotate(rotated, presented.hash()) ? Optional.of(tokens(rotated, next)) : Optional.empty();
    }

    private Tokens repeat(Session session, RefreshToken presented) {
        Instant now = clock.instant();
        Optional<Session.Previous> grace = session.previous()
                .filter(previous -> previous.hash().equals(presented.hash()))
                .filter(previous -> !now.isAfter(previous.rotatedAt().plus(GRACE)));
        if (grace.isEmpty()) {
            store.end(session.id());
            throw IdentityErrors.REFRESH_REUSED.exception();
        }
        return tokens(session, presented.successor(grace.get().nonce()));
    }

    /** The caller's sessions: this one first, then those that were seen last. */
    public List<SessionView> list(Principal caller) {
        Session own = live(caller);
        Stream<Session> others = store.open(caller.userId()).sessions().stream()
                .filter(session -> !session.id().equals(own.id()))
                .sorted(Comparator.comparing(Session::lastSeen).reversed());
        return Stream.concat(Stream.of(own), others)
                .map(session -> session.view(own.id()))
                .toList();
    }

    /** Ends the caller's session. */
    public void end(Principal caller) {
        store.end(caller.sessionId());
        events.sessionEnded(caller.userId(), caller.sessionId());
    }

    /**
     * Ends one of the caller's sessions, wherever it is used. It is over before anything is told, and forgotten last: who repeats a call
     * that failed half-way finishes it.
     *
     * @throws dev.parley.kernel.ApiException 401, 404 {@code session.not_found} when it is none of the caller's
     */
    public void end(Principal caller, String id) {
        requireLive(caller);
        if (!store.close(caller.userId(), id)) {
            throw IdentityErrors.SESSION_GONE.exception();
        }
        events.sessionEnded(caller.userId(), id);
        store.end(id);
    }

    /** Ends every session of the caller. */
    public void endAll(Principal caller) {
        long epoch = store.find(caller.sessionId())
                .filter(session -> session.userId().equals(caller.userId()))
                .map(Session::epoch)
                .orElse(0L);
        endAll(caller.userId(), epoch, Optional.empty());
    }

    /**
     * Ends every session of a user that was opened in {@code epoch} or before, except one. All of it may be repeated.
     *
     * @return the lowest epoch that a session may have from now on
     */
    public long endAll(String userId, long epoch, Optional<String> except) {
        long lowest;
        do {
            lowest = Math.max(store.lowestEpoch(userId), epoch) + 1;
        } while (!store.raiseEpoch(userId, lowest, except, clock.instant()));
        events.sessionsEnded(userId, except);
        store.endAll(userId, except);
        return lowest;
    }

    /** What is open of a user's. */
    SessionStore.Open openOf(String userId) {
        return store.open(userId);
    }

    /** Refuses a caller whose session was ended while the access token still lives. */
    public void requireLive(Principal caller) {
        live(caller);
    }

    private Session live(Principal caller) {
        return store.find(caller.sessionId())
                .filter(session -> session.userId().equals(caller.userId()))
                .filter(session -> session.version() == caller.tokenVersion())
                .orElseThrow(Errors.TOKEN_INVALID::exception);
    }

    /** From now on access tokens say this name. */
    public void rename(Principal caller, String name) {
        store.rename(caller.userId(), name);
    }

    /** The token against forged requests that belongs to the session of this refresh token, which is not used up. */
    public String csrfToken(String refreshToken) {
        return csrfToken(current(refreshToken));
    }

    /** Whether a page that presents this header may use the refresh token of its cookie. */
    public boolean isCsrfToken(String refreshToken, String header) {
        byte[] expected = csrfToken(current(refreshToken)).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, header.getBytes(StandardCharsets.UTF_8));
    }

    private Session current(String text) {
        RefreshToken presented = RefreshToken.parse(text).orElseThrow(IdentityErrors.REFRESH_INVALID::exception);
        Session session = store.find(presented.sessionId()).orElseThrow(IdentityErrors.REFRESH_INVALID::exception);
        String hash = presented.hash();
        boolean known = session.currentHash().equals(hash)
                || session.previous()
                        .filter(previous -> previous.hash().equals(hash))
                        .isPresent();
        if (!known) {
            store.end(session.id());
            throw IdentityErrors.REFRESH_REUSED.exception();
        }
        return session;
    }

    private static String csrfToken(Session session) {
        return RefreshToken.hmac(session.csrfKey(), "csrf#" + session.id());
    }

    private Tokens tokens(Session session, RefreshToken refresh) {
        return new Tokens(issuer.issue(Audience.API, session.claims()), refresh.text());
    }
}
