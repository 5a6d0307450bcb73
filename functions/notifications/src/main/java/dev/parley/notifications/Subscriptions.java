package dev.parley.notifications;

import java.util.List;

/** The browsers that people want to be told in. */
public interface Subscriptions {
    /** Somebody's, the latest first. */
    List<Subscription> of(String userId);

    /** Adds one or writes it anew. A browser is one person's: whoever had it before is told nothing there any more. */
    void put(Subscription subscription);

    /** Removes one. @return whether it was there */
    boolean remove(String userId, String id);
}
