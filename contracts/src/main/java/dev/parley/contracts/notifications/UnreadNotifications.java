package dev.parley.contracts.notifications;

/** @param unread how many are left; 100 means that many or more */
public record UnreadNotifications(int unread) {}
