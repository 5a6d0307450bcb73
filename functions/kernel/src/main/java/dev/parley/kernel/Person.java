package dev.parley.kernel;

import java.util.Objects;

/**
 * Somebody with an account, as everybody may see them.
 *
 * @param name the name to show; empty when the account is gone
 * @param avatar address of a picture, or empty
 * @param deleted whether the account is gone
 */
public record Person(String userId, String name, String avatar, boolean deleted) {
    public Person {
        Objects.requireNonNull(userId);
        Objects.requireNonNull(name);
        Objects.requireNonNull(avatar);
    }

    public static Person of(String userId, String name, String avatar) {
        return new Person(userId, name, avatar, false);
    }

    /** Nobody any more. */
    public static Person gone(String userId) {
        return new Person(userId, "", "", true);
    }
}
