package dev.parley.contracts.messaging;

import java.util.List;
import java.util.Map;

/**
 * What a client sends on the socket about messages.
 *
 * <ul>
 *   <li>{@code message}: {@code act} {@code send} (or absent) with {@code conversation_id}, {@code client_msg_id} and what {@link MessageDraft}
 *       has; {@code edit} with {@code seq} and {@code text}; {@code recall} with {@code seq}; {@code react} and {@code unreact} with
 *       {@code seq} and {@code emoji}
 *   <li>{@code chat}: a message to the meeting of this socket: {@code room_id} (unless the socket is for one), {@code text},
 *       {@code client_msg_id}
 *   <li>{@code receipt}: {@code conversation_id} and {@code delivered} or {@code read}, the number of a message, or both
 *   <li>{@code typing}: {@code conversation_id} and {@code on}
 *   <li>{@code presence}: {@code state} {@code online}, {@code away}, {@code busy} or {@code offline}; {@code device}, the device's own name,
 *       up to 64 characters, else the login session; {@code every}, in how many seconds the device says it again, 30 to 300: one that is
 *       silent for twice as long, or does not answer when it is asked, is {@code away}; {@code watch}, whether to be told how the others are
 *   <li>{@code resume}: {@code streams}, by conversation the last change that is known, or {@code since}, a cursor of {@code /sync}
 * </ul>
 *
 * @param id the client's own name of this command, up to 64 characters; every command that has one is answered with it
 */
public record MessagingCommand(
        String type,
        String id,
        String act,
        String conversationId,
        String roomId,
        String clientMsgId,
        String text,
        Long seq,
        Long replyTo,
        List<String> mentions,
        List<AttachmentView> attachments,
        String emoji,
        Long delivered,
        Long read,
        Boolean on,
        String state,
        String device,
        Integer every,
        Boolean watch,
        Map<String, Long> streams,
        String since) {}
