package dev.parley.kernel;

import java.util.Locale;
import java.util.Optional;

/** What an account is, to the whole product. What somebody may do in one meeting is decided by the meeting. */
public enum Role {
    /** A device that signs in by itself, as what was pushed to it is fetched. */
    DEVICE,
    /** Known to one meeting only, without an account. */
    GUEST,
    /** Has an account. */
    USER,
    /** May look after meetings that are not their own. */
    MODERATOR,
    /** May look after accounts. */
    ADMIN;

    /** The name on the wire: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that wire name, if there is one. */
    public static Optional<Role> ofWireName(String name) {
        for (Role role : values()) {
            if (role.wireName().equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
