package dev.parley.contracts.notifications;

import java.util.List;

/**
 * Deliveries, latest first.
 *
 * @param next asks for those before these, as {@code before}; absent when there are none
 */
public record NotificationDeliveryPage(List<NotificationDeliveryView> list, String next) {}
