package dev.parley.contracts.meetings;

/** Something that a {@link MeetingRole} may allow in a meeting. */
public enum Capability {
    /** End the meeting for everybody. */
    END,
    /** Make co-hosts, and hand the meeting over. */
    APPOINT,
    /** Make others presenters, participants and viewers. */
    CHANGE_ROLES,
    /** Remove and mute others, lower their hands. */
    MODERATE,
    /** Let people in from the lobby, and see who waits there. */
    ADMIT,
    /** Keep new people out. */
    LOCK,
    /** Invite people, and take invitations back. */
    INVITE,
    /** Ask everybody something, and close the poll. */
    POLL,
    /** Split people into breakout rooms, visit all of them, bring everybody back. */
    BREAKOUTS,
    /** Be heard. */
    SPEAK,
    /** Be seen. */
    SHOW_VIDEO,
    /** Show a screen. */
    SHARE_SCREEN,
    /** Be heard, seen and share also where the meeting's settings let nobody. */
    OVERRIDE_SETTINGS,
    /** Share a screen also where the meeting's settings let nobody. */
    PRESENT,
    /** Write to everybody. */
    CHAT
}
