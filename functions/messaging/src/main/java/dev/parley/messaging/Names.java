package dev.parley.messaging;

import dev.parley.contracts.messaging.PersonView;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What people are called now: nothing that is kept of a message says it, so that whoever changed their name has one name everywhere, and
 * whoever is gone has none. What was learned is kept for half a minute. Thread-safe.
 */
final class Names {
    static final Duration KNOWN_FOR = Duration.ofSeconds(30);

    private static final int KEPT = 4_096;

    private record Known(Person person, Instant until) {}

    private final People people;
    private final InstantSource clock;
    private final Map<String, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > KEPT;
        }
    };

    Names(People people, InstantSource clock) {
        this.people = Objects.requireNonNull(people);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Everybody of these who has or had an account that is known. A store that does not answer leaves people without names. */
    Map<String, Person> find(Collection<String> userIds) {
        Map<String, Person> found = new HashMap<>();
        List<String> asked = new ArrayList<>();
        Instant now = clock.instant();
        synchronized (known) {
            for (String id : userIds) {
                Known one = known.get(id);
                if (one != null && now.isBefore(one.until())) {
                    found.put(id, one.person());
                } else if (id.startsWith("u_")) {
                    asked.add(id);
                }
            }
        }
        if (asked.isEmpty()) {
            return found;
        }
        try {
            Map<String, Person> read = people.find(asked);
            found.putAll(read);
            synchronized (known) {
                read.values().forEach(person -> {
                    known.remove(person.userId());
                    known.put(person.userId(), new Known(person, now.plus(KNOWN_FOR)));
                });
            }
        } catch (ApiException e) {
            return found;
        }
        return found;
    }

    /** Those of these who have an account now, as the store says it. @throws ApiException 503 when it does not answer */
    Map<String, Person> present(Collection<String> userIds) {
        Map<String, Person> present = new HashMap<>(people.find(userIds));
        present.values().removeIf(Person::deleted);
        return present;
    }

    PersonView view(String userId) {
        return view(userId, Optional.empty(), find(List.of(userId)));
    }

    /** @param name what they are called where no account says it */
    static PersonView view(String userId, Optional<String> name, Map<String, Person> found) {
        Person person = found.get(userId);
        if (PersonView.DELETED.equals(userId)) {
            return new PersonView(PersonView.DELETED, null, null, true);
        }
        if (person == null) {
            return new PersonView(userId, name.orElse(null), null, null);
        }
        return person.deleted()
                ? new PersonView(PersonView.DELETED, null, null, true)
                : new PersonView(userId, person.name(), person.avatar().isEmpty() ? null : person.avatar(), null);
    }
}
