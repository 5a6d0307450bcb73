package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.kernel.Person;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoPeople;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is found by what, and what others are told of somebody's name. */
@Tag("component")
class LookupTest {
    private static Stores stores;

    private final Somebody ada = new Somebody(stores);
    private final Somebody bob = new Somebody(stores);

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    private static Reply lookUp(ApiClient caller, String name) {
        return caller.query("/api/v1/users/lookup", Map.of("username", name));
    }

    private static Optional<Person> told(Somebody who) {
        try (Dynamo dynamo = Dynamo.of(Settings.of(stores.values()))) {
            return Optional.ofNullable(
                    new DynamoPeople(dynamo).find(List.of(who.id)).get(who.id));
        }
    }

    @Test
    void somebodyIsFoundByTheWholeNameOrAddressAndNothingElse() {
        ApiClient caller = Somebody.as(ada.client, ada.signedIn(ada.client));
        for (String name : List.of(bob.name, bob.name.toUpperCase(Locale.ROOT), bob.email)) {
            Reply found = lookUp(caller, name);
            assertThat(found.data().path("user_id").asString()).as(name).isEqualTo(bob.id);
            assertThat(found.body().toString()).doesNotContain(bob.email);
        }
        for (String name : List.of(bob.name.substring(0, 5), bob.name + "%", "nobody_here")) {
            assertThat(lookUp(caller, name).error()).as(name).isEqualTo("user.not_found");
        }
        assertThat(lookUp(caller, "").status()).isEqualTo(400);
        assertThat(lookUp(ada.client, bob.name).status()).isEqualTo(401);
        for (int i = 0; i < 20; i++) {
            lookUp(caller, "nobody_here");
        }
        assertThat(lookUp(caller, bob.name).error()).isEqualTo("rate.limited");
    }

    @Test
    void othersAreToldTheNameAsItIsAndThatItIsGone() {
        assertThat(told(ada)).contains(Person.of(ada.id, "Ada", ""));
        ApiClient caller = Somebody.as(ada.client, ada.signedIn(ada.client));
        caller.put("/api/v1/profile", Map.of("nickname", "Ada L."));
        assertThat(told(ada)).contains(Person.of(ada.id, "Ada L.", ""));
        assertThat(caller.delete("/api/v1/account", Map.of("password", Somebody.PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(told(ada)).contains(Person.gone(ada.id));
        assertThat(ada.toldMessaging("account.deleted")).containsExactly(Map.of("user_id", ada.id));
        ApiClient other = Somebody.as(bob.client, bob.signedIn(bob.client));
        assertThat(lookUp(other, ada.name).error()).isEqualTo("user.not_found");
    }
}
