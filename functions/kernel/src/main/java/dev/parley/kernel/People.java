package dev.parley.kernel;

import java.util.Collection;
import java.util.Map;

/**
 * What people are called, for functions that do not reach the accounts themselves. Who keeps the accounts writes here, nobody else. A store
 * that does not answer is 503 {@code store.unavailable}.
 */
public interface People {
    void put(Person person);

    /** Those of these accounts that are known here, by id. */
    Map<String, Person> find(Collection<String> userIds);
}
