package dev.parley.webhooks;

import java.util.List;
import java.util.Optional;

/** Webhooks and what they are told. A write holds only if what was read is still so. */
public interface Webhooks {
    void create(Webhook hook);

    Optional<Webhook> find(String id);

    /** Those of one owner, oldest first; one of the last moment may be missing. */
    List<Webhook> ofOwner(String userId);

    /** Those that hear of every meeting. */
    List<Webhook> ofEverything();

    /** @return false when it was changed, or deleted, in between */
    boolean save(Webhook changed);

    /** Deletes a webhook; its deliveries are found no more. */
    void delete(Webhook hook);

    /** Keeps a delivery. @return false when it was kept before */
    boolean keep(Delivery delivery);

    Optional<Delivery> delivery(String webhookId, String id);

    /** The latest first. @param before an id, of which older ones are asked for */
    List<Delivery> deliveries(String webhookId, Optional<String> before, int limit);

    /** @return false when it was changed in between */
    boolean save(Delivery changed);
}
