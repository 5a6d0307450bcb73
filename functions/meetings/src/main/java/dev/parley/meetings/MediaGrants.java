package dev.parley.meetings;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.MeetingSettings;
import java.util.ArrayList;
import java.util.List;

/** What somebody of a role may send in a meeting: as far as the role goes, and the meeting's settings and type. */
final class MediaGrants {
    private MediaGrants() {}

    /** The sources, in their order on the wire. An audio meeting has no cameras at all. */
    static List<Source> of(LiveMeeting room, MeetingRole role) {
        MeetingSettings settings = room.settings();
        boolean anything = role.may(Capability.OVERRIDE_SETTINGS);
        List<Source> sources = new ArrayList<>();
        if (role.may(Capability.SPEAK) && (anything || Boolean.TRUE.equals(settings.enableAudio()))) {
            sources.add(Source.MICROPHONE);
        }
        if (role.may(Capability.SHOW_VIDEO)
                && room.type() == MeetingType.VIDEO
                && (anything || Boolean.TRUE.equals(settings.enableVideo()))) {
            sources.add(Source.CAMERA);
        }
        if (role.may(Capability.SHARE_SCREEN)
                && (role.may(Capability.PRESENT) || Boolean.TRUE.equals(settings.enableScreenShare()))) {
            sources.add(Source.SCREEN);
            sources.add(Source.SCREEN_AUDIO);
        }
        return sources;
    }
}
