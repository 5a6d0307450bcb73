package dev.parley.contracts.messaging;

import java.util.List;

/**
 * A message to send.
 *
 * @param clientMsgId the sender's own name of it, 1 to 64 characters: sent again under the same name it is the same message
 * @param text up to {@link MessagingLimits#TEXT_CHARS} characters; may be absent beside attachments
 */
public record MessageDraft(
        String clientMsgId, String text, Long replyTo, List<String> mentions, List<AttachmentView> attachments) {}
