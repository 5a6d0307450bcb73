package dev.parley.platform.lambda;

import dev.parley.kernel.Role;
import java.util.EnumSet;
import java.util.Set;

/** Who may use a route. */
public final class Access {
    /** Anybody; no token is looked at. */
    public static final Access OPEN = new Access(Set.of());
    /** Registered accounts of any role. */
    public static final Access USER = new Access(EnumSet.of(Role.USER, Role.MODERATOR, Role.ADMIN));
    /** Registered accounts, and guests; the handler checks that a guest stays in its meeting. */
    public static final Access GUEST = new Access(EnumSet.complementOf(EnumSet.of(Role.DEVICE)));

    private final Set<Role> roles;

    private Access(Set<Role> roles) {
        this.roles = roles;
    }

    /** Accounts of these roles alone. */
    public static Access roles(Role first, Role... more) {
        return new Access(EnumSet.of(first, more));
    }

    /** As this one, and devices that sign in by themselves; the handler checks that a device stays with what is its own. */
    public Access andDevices() {
        EnumSet<Role> more = EnumSet.of(Role.DEVICE);
        more.addAll(roles);
        return new Access(more);
    }

    boolean needsToken() {
        return !roles.isEmpty();
    }

    /** Whether ordinary accounts are kept out. */
    boolean isPrivileged() {
        return needsToken() && !roles.contains(Role.USER);
    }

    boolean allows(Role role) {
        return roles.contains(role);
    }
}
