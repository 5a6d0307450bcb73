package dev.parley.contracts.meetings;

/**
 * What a meeting allows. In a request an absent field means "as before", or the default of a new meeting.
 *
 * @param peerToPeer two people who are alone may send each other what they say and show without the media node between them; each learns the
 *     other's network address
 */
public record MeetingSettings(
        Boolean enableVideo,
        Boolean enableAudio,
        Boolean enableScreenShare,
        Boolean enableChat,
        Boolean enableRecording,
        Boolean enableAi,
        Boolean muteOnJoin,
        Boolean requireApproval,
        Boolean e2ee,
        Boolean invitedSkipLobby,
        Boolean peerToPeer) {
    /** Settings that leave it as it is whether two people may connect directly. */
    public MeetingSettings(
            Boolean enableVideo,
            Boolean enableAudio,
            Boolean enableScreenShare,
            Boolean enableChat,
            Boolean enableRecording,
            Boolean enableAi,
            Boolean muteOnJoin,
            Boolean requireApproval,
            Boolean e2ee,
            Boolean invitedSkipLobby) {
        this(
                enableVideo,
                enableAudio,
                enableScreenShare,
                enableChat,
                enableRecording,
                enableAi,
                muteOnJoin,
                requireApproval,
                e2ee,
                invitedSkipLobby,
                null);
    }

    /** Settings that leave it as it is whether invited people wait in the lobby, too. */
    public MeetingSettings(
            Boolean enableVideo,
            Boolean enableAudio,
            Boolean enableScreenShare,
            Boolean enableChat,
            Boolean enableRecording,
            Boolean enableAi,
            Boolean muteOnJoin,
            Boolean requireApproval,
            Boolean e2ee) {
        this(
                enableVideo,
                enableAudio,
                enableScreenShare,
                enableChat,
                enableRecording,
                enableAi,
                muteOnJoin,
                requireApproval,
                e2ee,
                null);
    }

    /** A new meeting's settings: picture, sound, screen and chat on, who was invited is not kept in the lobby; everything else off. */
    public static final MeetingSettings DEFAULTS =
            new MeetingSettings(true, true, true, true, false, false, false, false, false, true, false);

    /** These settings, each field that is absent taken from {@code base}. */
    public MeetingSettings over(MeetingSettings base) {
        return new MeetingSettings(
                enableVideo == null ? base.enableVideo : enableVideo,
                enableAudio == null ? base.enableAudio : enableAudio,
                enableScreenShare == null ? base.enableScreenShare : enableScreenShare,
                enableChat == null ? base.enableChat : enableChat,
                enableRecording == null ? base.enableRecording : enableRecording,
                enableAi == null ? base.enableAi : enableAi,
                muteOnJoin == null ? base.muteOnJoin : muteOnJoin,
                requireApproval == null ? base.requireApproval : requireApproval,
                e2ee == null ? base.e2ee : e2ee,
                invitedSkipLobby == null ? base.invitedSkipLobby : invitedSkipLobby,
                peerToPeer == null ? base.peerToPeer : peerToPeer);
    }
}
