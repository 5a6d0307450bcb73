package dev.parley.contracts.notifications;

import java.time.Instant;

/**
 * Something that concerns its reader. What happened again is told again by the same one, with a higher {@code count}.
 *
 * @param id the same whatever is added to it
 * @param kind {@code message}, {@code mention}, {@code invitation}, {@code meeting}, {@code file} or {@code account}
 * @param what happened: {@code received}, {@code mentioned}, {@code invited}, {@code changed}, {@code cancelled}, {@code started},
 *     {@code pushed}, {@code signed_in}, {@code password_changed}, {@code role_changed} or {@code webhook_disabled}
 * @param at the last time
 * @param count how often since it was read
 * @param readAt absent while it is unread
 * @param byId who did it, if an account did
 * @param byName what they are called now; absent when nobody is there any more
 * @param title of the meeting, group or file; a device, a role or an address where {@code what} is about one
 * @param startsAt of a planned meeting
 * @param link page of the web app, from its root
 */
public record NotificationView(
        String id,
        String kind,
        String what,
        Instant at,
        int count,
        Instant readAt,
        String byId,
        String byName,
        String title,
        Instant startsAt,
        String link) {}
