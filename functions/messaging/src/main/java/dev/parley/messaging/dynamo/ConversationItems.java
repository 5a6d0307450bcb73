package dev.parley.messaging.dynamo;

import dev.parley.contracts.Wire;
import dev.parley.messaging.Attachment;
import dev.parley.messaging.Change;
import dev.parley.messaging.ChangeKind;
import dev.parley.messaging.Conversation;
import dev.parley.messaging.ConversationKind;
import dev.parley.messaging.Member;
import dev.parley.messaging.Message;
import dev.parley.messaging.SendKey;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.core.type.TypeReference;

/**
 * Items of conversations.
 *
 * <ul>
 *   <li>Conversations: {@code <id>}, {@code HEAD} is the conversation; {@code M#<user>} somebody in it
 *   <li>Stream: {@code CONV#<id>}, twelve digits is a message; {@code K#<user>#<client_msg_id>} what its sender called it
 *   <li>Changes: {@code <id>}, twelve digits is what happened, in the shape of an outbox event
 * </ul>
 */
final class ConversationItems {
    static final String CONVERSATION_ID = Tables.CONVERSATIONS.partitionKey();
    static final String ITEM = "item";
    static final String HEAD = "HEAD";
    static final String MEMBER = "M#";
    static final String STREAM = Tables.STREAM.partitionKey();
    static final String SEQ = "seq";
    static final String SUBJECT = Tables.CHANGES.partitionKey();
    static final String ID = "id";
    static final String USER_ID = "user_id";
    static final String LAST_CHANGE = "last_change";
    static final String DELIVERED = "delivered_seq";
    static final String READ = "read_seq";
    static final String BARRED = "barred";
    static final String AUTHOR = "author";
    static final String MENTIONS = "mentions";
    static final String RECALLED_AT = "recalled_at";
    static final String LARGEST = "999999999999";

    /** How long what happened, and what senders called their messages, is kept. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final TypeReference<List<Attachment>> ATTACHMENTS = new TypeReference<>() {};
    private static final TypeReference<LinkedHashMap<String, List<String>>> REACTIONS = new TypeReference<>() {};

    private ConversationItems() {}

    /** A number as a key that sorts like it. */
    static String digits(long number) {
        return "%012d".formatted(Math.min(number, 999_999_999_999L));
    }

    static Map<String, AttributeValue> head(String id) {
        return Map.of(CONVERSATION_ID, Items.text(id), ITEM, Items.text(HEAD));
    }

    static Map<String, AttributeValue> member(String id, String userId) {
        return Map.of(CONVERSATION_ID, Items.text(id), ITEM, Items.text(MEMBER + userId));
    }

    static Map<String, AttributeValue> message(String id, long seq) {
        return Map.of(STREAM, stream(id), SEQ, Items.text(digits(seq)));
    }

    static AttributeValue stream(String id) {
        return Items.text("CONV#" + id);
    }

    static Map<String, AttributeValue> of(Conversation conversation) {
        Map<String, AttributeValue> item = new HashMap<>(head(conversation.id()));
        item.put("kind", Items.text(conversation.kind().wire()));
        item.put("title", Items.text(conversation.title()));
        item.put("members", Items.number(conversation.members()));
        item.put("last_seq", Items.number(conversation.lastSeq()));
        item.put(LAST_CHANGE, Items.number(conversation.lastChange()));
        item.put("created_at", time(conversation.createdAt()));
        item.put("updated_at", time(conversation.updatedAt()));
        return item;
    }

    static Conversation conversation(Map<String, AttributeValue> item) {
        return new Conversation(
                Items.requiredText(item, CONVERSATION_ID),
                ConversationKind.of(Items.requiredText(item, "kind")),
                Items.requiredText(item, "title"),
                Math.toIntExact(Items.number(item, "members", 0)),
                Items.number(item, "last_seq", 0),
                Items.number(item, LAST_CHANGE, 0),
                time(item, "created_at"),
                time(item, "updated_at"));
    }

    static Map<String, AttributeValue> of(Member member) {
        Map<String, AttributeValue> item = new HashMap<>(member(member.conversationId(), member.userId()));
        item.put(USER_ID, Items.text(member.userId()));
        item.put("owner", Items.flag(member.owner()));
        item.put("joined_at", time(member.joinedAt()));
        item.put(DELIVERED, Items.number(member.deliveredSeq()));
        item.put(READ, Items.number(member.readSeq()));
        if (member.barred()) {
            item.put(BARRED, Items.flag(true));
        }
        return item;
    }

    static Member member(Map<String, AttributeValue> item) {
        return new Member(
                Items.requiredText(item, CONVERSATION_ID),
                Items.requiredText(item, USER_ID),
                Items.flag(item, "owner"),
                time(item, "joined_at"),
                Items.number(item, DELIVERED, 0),
                Items.number(item, READ, 0),
                Items.flag(item, BARRED));
    }

    static Map<String, AttributeValue> of(Message message) {
        Map<String, AttributeValue> item = new HashMap<>(message(message.conversationId(), message.seq()));
        item.put("change", Items.number(message.change()));
        item.put(AUTHOR, Items.text(message.author()));
        message.guestName().ifPresent(name -> item.put("guest_name", Items.text(name)));
        item.put("at", time(message.at()));
        item.put("text", Items.text(message.text()));
        item.put("client_msg_id", Items.text(message.clientMsgId()));
        message.replyTo().ifPresent(seq -> item.put("reply_to", Items.number(seq)));
        if (!message.mentions().isEmpty()) {
            item.put(MENTIONS, Items.texts(message.mentions()));
        }
        if (!message.attachments().isEmpty()) {
            item.put("attachments", Items.text(Wire.write(message.attachments())));
        }
        message.editedAt().ifPresent(at -> item.put("edited_at", time(at)));
        message.recalledAt().ifPresent(at -> item.put(RECALLED_AT, time(at)));
        message.recalledBy().ifPresent(by -> item.put("recalled_by", Items.text(by)));
        if (!message.reactions().isEmpty()) {
            item.put("reactions", Items.text(Wire.write(message.reactions())));
        }
        return item;
    }

    static Message message(Map<String, AttributeValue> item) {
        return new Message(
                Items.requiredText(item, STREAM).substring("CONV#".length()),
                Long.parseLong(Items.requiredText(item, SEQ)),
                Items.number(item, "change", 0),
                Items.requiredText(item, AUTHOR),
                Items.text(item, "guest_name"),
                time(item, "at"),
                Items.requiredText(item, "text"),
                Items.requiredText(item, "client_msg_id"),
                item.containsKey("reply_to")
                        ? OptionalLong.of(Items.number(item, "reply_to", 0))
                        : OptionalLong.empty(),
                Items.texts(item, MENTIONS),
                Items.text(item, "attachments")
                        .map(json -> Wire.json().readValue(json, ATTACHMENTS))
                        .orElse(List.of()),
                optionalTime(item, "edited_at"),
                optionalTime(item, RECALLED_AT),
                Items.text(item, "recalled_by"),
                Items.text(item, "reactions")
                        .<Map<String, List<String>>>map(json -> Wire.json().readValue(json, REACTIONS))
                        .orElse(Map.of()));
    }

    static Map<String, AttributeValue> of(String conversationId, SendKey key, Instant now) {
        Map<String, AttributeValue> item = new HashMap<>(key(conversationId, key));
        item.put("message_seq", Items.number(key.seq()));
        item.put("content", Items.text(key.contentHash()));
        item.put(Tables.EXPIRES_AT, Items.expiry(now.plus(KEPT)));
        return item;
    }

    private static Map<String, AttributeValue> key(String conversationId, SendKey key) {
        return Map.of(STREAM, stream(conversationId), SEQ, Items.text("K#" + key.userId() + "#" + key.clientMsgId()));
    }

    /** The key that is there in place of {@code wanted}. */
    static SendKey earlier(SendKey wanted, Map<String, AttributeValue> item) {
        return new SendKey(
                wanted.userId(),
                wanted.clientMsgId(),
                Items.requiredText(item, "content"),
                Items.number(item, "message_seq", 0));
    }

    static Map<String, AttributeValue> of(Change change) {
        Map<String, String> data = new HashMap<>();
        data.put("by", change.by());
        change.seq().ifPresent(seq -> data.put("seq", Long.toString(seq)));
        if (!change.users().isEmpty()) {
            data.put("users", String.join(" ", change.users()));
        }
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(SUBJECT, Items.text(change.conversationId()));
        item.put(ID, Items.text(digits(change.number())));
        item.put("type", Items.text(change.kind().eventType()));
        item.put("at", time(change.at()));
        item.put("data", Items.toTextMap(data));
        item.put(Tables.EXPIRES_AT, Items.expiry(change.at().plus(KEPT)));
        return item;
    }

    static Change change(Map<String, AttributeValue> item) {
        Map<String, String> data = Items.textMap(item, "data");
        return new Change(
                Items.requiredText(item, SUBJECT),
                Long.parseLong(Items.requiredText(item, ID)),
                ChangeKind.ofEventType(Items.requiredText(item, "type")),
                data.get("by"),
                time(item, "at"),
                data.containsKey("seq") ? OptionalLong.of(Long.parseLong(data.get("seq"))) : OptionalLong.empty(),
                data.containsKey("users") ? List.of(data.get("users").split(" ")) : List.of());
    }

    private static AttributeValue time(Instant at) {
        return Items.number(at.toEpochMilli());
    }

    private static Instant time(Map<String, AttributeValue> item, String name) {
        return Instant.ofEpochMilli(Items.number(item, name, 0));
    }

    private static Optional<Instant> optionalTime(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? Optional.of(time(item, name)) : Optional.empty();
    }
}
