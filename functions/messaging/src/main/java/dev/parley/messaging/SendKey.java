package dev.parley.messaging;

import java.util.Objects;

/**
 * What a sender called a message, so that it is stored once.
 *
 * @param contentHash of what was to be sent: under one name there is one content
 */
public record SendKey(String userId, String clientMsgId, String contentHash, long seq) {
    public SendKey {
        Objects.requireNonNull(userId);
        Objects.requireNonNull(clientMsgId);
        Objects.requireNonNull(contentHash);
    }
}
