package dev.parley.contracts.notifications;

import java.util.List;

/**
 * The browsers that somebody is told in.
 *
 * @param publicKey the key to subscribe with, as {@code applicationServerKey}, in base64url
 * @param list the latest first
 */
public record SubscriptionList(String publicKey, List<SubscriptionView> list) {}
