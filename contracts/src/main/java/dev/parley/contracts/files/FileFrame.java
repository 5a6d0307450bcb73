package dev.parley.contracts.files;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/**
 * What the socket says of files. Each is a hint, which may be lost or come twice: REST says what is so.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FileFrame.Notice.class, name = "file-notice"),
    @JsonSubTypes.Type(value = FileFrame.Recalled.class, name = "file-recalled"),
    @JsonSubTypes.Type(value = FileFrame.PushState.class, name = "push-state"),
    @JsonSubTypes.Type(value = FileFrame.State.class, name = "file-state"),
})
public sealed interface FileFrame {
    /** A file is there for these devices of the socket's holder; none when they have none yet. */
    record Notice(
            String pushId,
            String fileId,
            String name,
            long size,
            String sha256,
            String mediaType,
            PushView.Sender from,
            String note,
            Instant at,
            List<String> devices)
            implements FileFrame {}

    /** A push was called back: what was loaded of it on these devices is to be thrown away. */
    record Recalled(String pushId, String fileId, List<String> devices) implements FileFrame {}

    /** To the sender: how far a push has come. */
    record PushState(String pushId, String fileId, PushView.Counts counts) implements FileFrame {}

    /** To the owner: a file was checked. @param reason why it was refused */
    record State(String fileId, String state, String reason) implements FileFrame {}
}
