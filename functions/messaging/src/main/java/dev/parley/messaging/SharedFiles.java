package dev.parley.messaging;

import java.util.Optional;

/** Reads which files are shared in which conversations: what is there was shared by somebody who may read it. */
public interface SharedFiles {
    /** A file as it is, when it is shared in this conversation. */
    Optional<Attachment> find(String conversationId, String fileId);
}
