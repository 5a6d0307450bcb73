package dev.parley.contracts.files;

import java.util.List;

/** {@code POST /files/:id/push}. @param clientPushId what the sender calls it: the same again is the same push */
public record PushDraft(Targets targets, String note, String clientPushId) {
    /** Whom it goes to; what is absent is nobody. */
    public record Targets(List<String> users, List<String> devices, String conversationId, String meetingId) {}
}
