package dev.parley.contracts.notifications;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the socket says of notifications. It is a hint, which may be lost or come twice: REST says what is so. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = NotificationFrame.Told.class, name = "notification")})
public sealed interface NotificationFrame {
    /**
     * There is something new, or another device of the same person read something.
     *
     * @param notification what is new; absent when something was read
     * @param unread how many are; 100 means that many or more
     */
    record Told(NotificationView notification, int unread) implements NotificationFrame {}
}
