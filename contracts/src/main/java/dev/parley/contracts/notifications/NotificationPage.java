package dev.parley.contracts.notifications;

import java.util.List;

/**
 * Notifications, latest first.
 *
 * @param unread how many are, on this page or not; 100 means that many or more
 * @param next asks for those before these, as {@code before}; absent when there are none
 */
public record NotificationPage(List<NotificationView> list, int unread, String next) {}
