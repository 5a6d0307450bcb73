package dev.parley.identity;

import dev.parley.contracts.identity.Profile;
import dev.parley.kernel.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * A registered person.
 *
 * @param id {@code u_…}
 * @param username unique, whatever its case
 * @param email unique, lower case
 * @param passwordVerifier PHC string
 * @param nickname the name to show
 * @param avatar address of a picture, or empty
 * @param phone or empty
 * @param sessionEpoch rises when all sessions are ended; a session is opened in the present one
 */
public record Account(
        String id,
        String username,
        String email,
        String passwordVerifier,
        String nickname,
        String avatar,
        String phone,
        Role role,
        AccountStatus status,
        Optional<Instant> lastLogin,
        Instant createdAt,
        long sessionEpoch) {
    /** What its owner may see of it. */
    public Profile profile() {
        return new Profile(
                id,
                username,
                email,
                nickname,
                avatar,
                phone,
                role.wireName(),
                status.wireName(),
                lastLogin.orElse(null),
                createdAt);
    }

    Account withProfile(String newNickname, String newAvatar, String newPhone) {
        return new Account(
                id,
                username,
                email,
                passwordVerifier,
                newNickname,
                newAvatar,
                newPhone,
                role,
                status,
                lastLogin,
                createdAt,
                sessionEpoch);
    }

    /** With what those decide who look after accounts. */
    Account managed(String newNickname, Role newRole, AccountStatus newStatus) {
        return new Account(
                id,
                username,
                email,
                passwordVerifier,
                newNickname,
                avatar,
                phone,
                newRole,
                newStatus,
                lastLogin,
                createdAt,
                sessionEpoch);
    }

    Account withLogin(Instant at, long epoch) {
        return new Account(
                id,
                username,
                email,
                passwordVerifier,
                nickname,
                avatar,
                phone,
                role,
                status,
                Optional.of(at),
                createdAt,
                epoch);
    }

    /** Without the verifier. */
    @Override
    public String toString() {
        return "Account[" + id + " " + username + "]";
    }
}
