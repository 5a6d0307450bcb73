package dev.parley.contracts.messaging;

import java.time.Instant;
import java.util.List;

/**
 * A message as it is now.
 *
 * @param seq its number in the conversation: 1, 2, 3 …, without gaps
 * @param change the number of the last change of it: of two states of a message the one with the higher number is the later
 * @param text empty where only files were sent; absent when the message was recalled
 * @param replyTo the {@code seq} it answers
 * @param mentions user ids
 * @param editedAt when the author last changed the text
 * @param recalledAt when it was taken back; text, mentions, attachments and reactions are gone then
 * @param recalledBy who took it back: the author, or who moderates the meeting
 */
public record MessageView(
        String conversationId,
        long seq,
        long change,
        PersonView author,
        Instant at,
        String text,
        String clientMsgId,
        Long replyTo,
        List<String> mentions,
        List<AttachmentView> attachments,
        Instant editedAt,
        Instant recalledAt,
        String recalledBy,
        List<ReactionView> reactions) {}
