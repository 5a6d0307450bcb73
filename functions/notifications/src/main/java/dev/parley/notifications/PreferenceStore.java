package dev.parley.notifications;

import java.util.Optional;

/** How people want to be told. */
public interface PreferenceStore {
    /** What somebody chose; empty when they never did. */
    Optional<Preferences> preferences(String userId);

    void put(String userId, Preferences preferences);
}
