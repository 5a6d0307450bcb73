package dev.parley.contracts.meetings;

/**
 * What a host's act did.
 *
 * @param act {@code kick}, {@code mute}, {@code lock} and so on
 * @param userId whom it was about, absent when it was about everybody
 * @param media {@code applied} by the media node before this reply, or {@code no_room} when nobody has media yet
 */
public record HostAct(String act, String meetingId, String userId, String media) {}
