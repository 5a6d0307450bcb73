package dev.parley.contracts.webhooks;

import java.util.List;

/**
 * Deliveries, latest first.
 *
 * @param next asks for those before these, as {@code before}; absent when there are none
 */
public record DeliveryPage(List<WebhookDeliveryView> list, String next) {}
