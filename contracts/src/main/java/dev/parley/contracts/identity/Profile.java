package dev.parley.contracts.identity;

import java.time.Instant;

/**
 * An account as its owner sees it.
 *
 * @param id {@code u_…}
 * @param nickname the name to show
 * @param avatar address of a picture, or empty
 * @param phone or empty
 * @param role user, moderator or admin
 * @param status active or banned
 * @param lastLogin absent before the first login
 * @param createdAt when it was registered
 */
public record Profile(
        String id,
        String username,
        String email,
        String nickname,
        String avatar,
        String phone,
        String role,
        String status,
        Instant lastLogin,
        Instant createdAt) {}
