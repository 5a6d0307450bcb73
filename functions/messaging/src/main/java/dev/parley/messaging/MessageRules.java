package dev.parley.messaging;

import dev.parley.contracts.Wire;
import dev.parley.contracts.messaging.AttachmentView;
import dev.parley.contracts.messaging.MessageDraft;
import dev.parley.contracts.messaging.MessagingLimits;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Sha256;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What messages may look like. Each check answers the value as it is kept, or refuses it by its field. */
final class MessageRules {
    private static final Pattern FILE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern USER_ID = Pattern.compile("[ug]_[A-Za-z0-9_-]{1,40}");
    private static final int EMOJI_CHARS = 32;

    private MessageRules() {}

    /** What somebody wants to send, checked. */
    record Draft(String clientMsgId, String text, OptionalLong replyTo, List<String> mentions, List<String> files) {
        /** Of what it says: under one {@code client_msg_id} there is one. */
        String contentHash() {
            return Sha256.base64Url(Wire.write(Map.of(
                    "text", text,
                    "reply_to", replyTo.orElse(0),
                    "mentions", mentions,
                    "files", files)));
        }
    }

    static Draft draft(MessageDraft draft) {
        List<String> files = files(draft.attachments());
        String text = plain(draft.text() == null ? "" : draft.text());
        if (text.isEmpty() && files.isEmpty()) {
            throw Errors.invalid("text", "text must have 1 to " + MessagingLimits.TEXT_CHARS + " characters");
        }
        if (draft.replyTo() != null && draft.replyTo() < 1) {
            throw Errors.invalid("reply_to", "reply_to must be the number of a message");
        }
        return new Draft(
                clientMsgId(draft.clientMsgId()),
                checkLength(text),
                draft.replyTo() == null ? OptionalLong.empty() : OptionalLong.of(draft.replyTo()),
                mentions(draft.mentions()),
                files);
    }

    /** The text of an edit, which is not empty. */
    static String text(String text) {
        String kept = plain(text == null ? "" : text);
        if (kept.isEmpty()) {
            throw Errors.invalid("text", "text must have 1 to " + MessagingLimits.TEXT_CHARS + " characters");
        }
        return checkLength(kept);
    }

    private static String checkLength(String text) {
        if (text.length() > MessagingLimits.TEXT_CHARS) {
            throw Errors.invalid("text", "text must have 1 to " + MessagingLimits.TEXT_CHARS + " characters");
        }
        return text;
    }

    /**
     * The text as every store and screen takes it: lines end with a line feed, control characters but that and the tab are left out, halves
     * of surrogate pairs become the replacement character, and there is no blank space around it.
     */
    static String plain(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                kept.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xFFFD : c);
            }
        });
        return kept.toString().strip();
    }

    static String clientMsgId(String id) {
        if (id == null || id.isBlank() || id.length() > MessagingLimits.CLIENT_MSG_ID_CHARS || !isPlain(id)) {
            throw Errors.invalid(
                    "client_msg_id",
                    "client_msg_id must have 1 to " + MessagingLimits.CLIENT_MSG_ID_CHARS + " characters");
        }
        return id;
    }

    static List<String> mentions(List<String> mentions) {
        if (mentions == null) {
            return List.of();
        }
        if (mentions.size() > MessagingLimits.MENTIONS || mentions.stream().anyMatch(id -> !isUser(id))) {
            throw Errors.invalid("mentions", "mentions must be " + MessagingLimits.MENTIONS + " user ids at most");
        }
        return mentions.stream().distinct().toList();
    }

    static boolean isUser(String id) {
        return id != null && USER_ID.matcher(id).matches();
    }

    static String emoji(String emoji) {
        if (emoji == null
                || emoji.isBlank()
                || emoji.length() > EMOJI_CHARS
                || !isPlain(emoji)
                || emoji.codePoints().anyMatch(Character::isWhitespace)) {
            throw Errors.invalid("emoji", "emoji must be one emoji");
        }
        return emoji;
    }

    static String title(String title) {
        String kept = title == null
                ? ""
                : plain(title).replace('\n', ' ').replace('\t', ' ').strip();
        if (kept.isEmpty() || kept.codePointCount(0, kept.length()) > MessagingLimits.TITLE_CHARS) {
            throw Errors.invalid("title", "title must have 1 to " + MessagingLimits.TITLE_CHARS + " characters");
        }
        return kept;
    }

    /** The ids of the files; what else the sender says of them is not looked at. */
    private static List<String> files(List<AttachmentView> attachments) {
        if (attachments == null) {
            return List.of();
        }
        if (attachments.size() > MessagingLimits.ATTACHMENTS) {
            throw Errors.invalid("attachments", "a message may have " + MessagingLimits.ATTACHMENTS + " attachments");
        }
        if (attachments.stream()
                .anyMatch(file -> file == null
                        || file.fileId() == null
                        || !FILE_ID.matcher(file.fileId()).matches())) {
            throw Errors.invalid("attachments.file_id", "file_id must be the id of a file");
        }
        return attachments.stream().map(AttachmentView::fileId).distinct().toList();
    }

    /** No control characters, no half of a surrogate pair. */
    private static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
