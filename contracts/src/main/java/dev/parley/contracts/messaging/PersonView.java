package dev.parley.contracts.messaging;

/**
 * Somebody, as the others in a conversation see them.
 *
 * @param userId {@code u_…}, {@code g_…} for a guest of a meeting, or {@code deleted} where the account is gone
 * @param deleted true where the account is gone, else absent
 */
public record PersonView(String userId, String name, String avatar, Boolean deleted) {
    /** Stands in place of the id of somebody whose account is gone. */
    public static final String DELETED = "deleted";
}
