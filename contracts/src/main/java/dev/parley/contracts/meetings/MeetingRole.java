package dev.parley.contracts.meetings;

import static dev.parley.contracts.meetings.Capability.ADMIT;
import static dev.parley.contracts.meetings.Capability.BREAKOUTS;
import static dev.parley.contracts.meetings.Capability.CHANGE_ROLES;
import static dev.parley.contracts.meetings.Capability.CHAT;
import static dev.parley.contracts.meetings.Capability.INVITE;
import static dev.parley.contracts.meetings.Capability.LOCK;
import static dev.parley.contracts.meetings.Capability.MODERATE;
import static dev.parley.contracts.meetings.Capability.OVERRIDE_SETTINGS;
import static dev.parley.contracts.meetings.Capability.POLL;
import static dev.parley.contracts.meetings.Capability.PRESENT;
import static dev.parley.contracts.meetings.Capability.SHARE_SCREEN;
import static dev.parley.contracts.meetings.Capability.SHOW_VIDEO;
import static dev.parley.contracts.meetings.Capability.SPEAK;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody is in one meeting, the highest first, and what that lets them do: the one table of it. Whether the meeting's settings
 * allow a thing at all is asked apart from this.
 */
public enum MeetingRole {
    /** One person in every meeting: everything. */
    HOST(EnumSet.allOf(Capability.class)),
    /** Helps the host: everything but ending the meeting and making others co-hosts. */
    CO_HOST(EnumSet.of(
            CHANGE_ROLES,
            MODERATE,
            ADMIT,
            LOCK,
            INVITE,
            POLL,
            BREAKOUTS,
            SPEAK,
            SHOW_VIDEO,
            SHARE_SCREEN,
            OVERRIDE_SETTINGS,
            PRESENT,
            CHAT)),
    /** Shows something: may share a screen whatever the settings say. */
    PRESENTER(EnumSet.of(SPEAK, SHOW_VIDEO, SHARE_SCREEN, PRESENT, CHAT)),
    /** Takes part, as far as the settings let everybody. */
    PARTICIPANT(EnumSet.of(SPEAK, SHOW_VIDEO, SHARE_SCREEN, CHAT)),
    /** As {@link #PARTICIPANT}, without an account. */
    GUEST(EnumSet.of(SPEAK, SHOW_VIDEO, SHARE_SCREEN, CHAT)),
    /** Watches and listens; may raise a hand, react and vote. */
    VIEWER(EnumSet.noneOf(Capability.class));

    private final Set<Capability> capabilities;

    MeetingRole(Set<Capability> capabilities) {
        this.capabilities = capabilities;
    }

    /** Whether somebody of this role may do that. */
    public boolean may(Capability capability) {
        return capabilities.contains(capability);
    }

    /** Whether this role may more than the other: a guest and a participant may the same. */
    public boolean isAbove(MeetingRole other) {
        return capabilities.size() > other.capabilities.size();
    }

    /** The word stored and sent: {@code host}, {@code co-host} and so on. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The role of that word, if there is one. */
    public static Optional<MeetingRole> find(String wire) {
        for (MeetingRole role : values()) {
            if (role.wire().equals(wire)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException for a word that is no role */
    public static MeetingRole of(String wire) {
        return find(wire).orElseThrow(() -> new IllegalArgumentException("No such role: " + wire));
    }
}
