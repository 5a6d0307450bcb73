package dev.parley.identity;

import java.util.Locale;

/** Whether an account may be used. */
public enum AccountStatus {
    ACTIVE,
    BANNED,
    /** Nobody's any more: what was personal is erased, and nobody signs in. */
    DELETED;

    /** The name on the wire and in the database: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AccountStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
