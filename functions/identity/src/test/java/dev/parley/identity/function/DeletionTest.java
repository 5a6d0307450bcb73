package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.kernel.Errors;
import dev.parley.local.stores.Stores;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The end of an account: what is gone, what stays, and what was told. */
@Tag("component")
class DeletionTest {
    private static final Map<String, String> CONFIRMED = Map.of("password", Somebody.PASSWORD);

    private static Stores stores;

    private final Somebody ada = new Somebody(stores);

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    /** Everything that the table says of an account. */
    private static List<String> row(String id) throws SQLException {
        String url = stores.values().get("DATABASE_URL").replace("jdbc:aws-wrapper:", "jdbc:");
        try (Connection connection = DriverManager.getConnection(
                        url,
                        stores.values().get("DATABASE_USER"),
                        stores.values().get("DATABASE_PASSWORD"));
                PreparedStatement select = connection.prepareStatement("SELECT * FROM users WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getMetaData().getColumnName(i) + "=" + row.getString(i));
                }
                return values;
            }
        }
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    @Test
    void nothingPersonalIsLeftAndEverySessionIsOver() throws Exception {
        JsonNode here = ada.signedIn(ada.client);
        JsonNode there = ada.signedIn(ada.client);
        ApiClient caller = Somebody.as(ada.client, here);
        caller.put("/api/v1/profile", Map.of("phone", "+44 20 7946 0000"));
        String picture = caller.with("Content-Type", "image/png")
                .upload("/api/v1/upload-avatar", png())
                .data()
                .path("avatar")
                .asString();
        Path file = Path.of(URI.create(stores.values().get("OBJECTS_URI"))).resolve(picture.substring(1));
        assertThat(file).exists();

        Reply deleted = caller.delete("/api/v1/account", CONFIRMED);

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.cookies()).singleElement().asString().startsWith("parley_refresh=; ");
        assertThat(row(ada.id))
                .contains("id=" + ada.id, "status=deleted", "nickname=", "phone=", "avatar=", "last_login=null")
                .noneMatch(value -> value.contains(ada.name) || value.contains("argon2") || value.contains("Ada"));
        assertThat(file).doesNotExist();
        for (JsonNode session : List.of(here, there)) {
            assertThat(ada.refresh(session).status()).isEqualTo(401);
        }
        assertThat(ada.login(ada.client, Somebody.PASSWORD).error()).isEqualTo("auth.credentials");
        ada.clock.advance(Duration.ofSeconds(2));
        assertThat(caller.get("/api/v1/profile").error()).isEqualTo("auth.revoked");
        assertThat(caller.put("/api/v1/profile", Map.of("nickname", "Back")).error())
                .isEqualTo("auth.revoked");
        assertThat(ada.told("account.deleted")).containsExactly(Map.of("user_id", ada.id));
        assertThat(ada.toldInside("account.deleted")).containsExactly(Map.of("user_id", ada.id));
        assertThat(ada.told("sessions.ended")).hasSize(2);
    }

    @Test
    void theNameAndTheAddressAreFreeAgain() {
        Somebody.as(ada.client, ada.signedIn(ada.client)).delete("/api/v1/users/account", CONFIRMED);

        Reply again = ada.client.post(
                "/api/v1/register", Map.of("username", ada.name, "email", ada.email, "password", Somebody.PASSWORD));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.data().path("id").asString()).isNotEqualTo(ada.id);
    }

    @Test
    void aWrongPasswordDeletesNothing() {
        ApiClient caller = Somebody.as(ada.client, ada.signedIn(ada.client));

        Reply wrong = caller.delete("/api/v1/account", Map.of("password", "Wrong-horse-7"));
        Reply none = caller.delete("/api/v1/account", Map.of());
        Reply noBody = caller.delete("/api/v1/account");

        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.error()).isEqualTo("auth.password");
        assertThat(none.body().path("details").path("field").asString()).isEqualTo("password");
        assertThat(noBody.error()).isEqualTo("request.unreadable");
        assertThat(caller.get("/api/v1/profile").status()).isEqualTo(200);
        assertThat(ada.told("account.deleted")).isEmpty();
    }

    @Test
    void guessingThePasswordHereIsSlowedToo() {
        ApiClient caller = Somebody.as(ada.client, ada.signedIn(ada.client));
        for (int i = 0; i < 5; i++) {
            caller.delete("/api/v1/account", Map.of("password", "Wrong-horse-" + i));
        }

        assertThat(caller.delete("/api/v1/account", CONFIRMED).error()).isEqualTo("rate.limited");
    }

    @Test
    void anEndedSessionDeletesNothing() {
        JsonNode here = ada.signedIn(ada.client);
        ApiClient caller = Somebody.as(ada.client, here);
        caller.post("/api/v1/logout");

        assertThat(caller.delete("/api/v1/account", CONFIRMED).error()).isEqualTo("auth.invalid");
        assertThat(ada.login(ada.client, Somebody.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aDeletedAccountGetsNoResetCode() {
        String code = "0000-0000";
        Somebody.as(ada.client, ada.signedIn(ada.client)).delete("/api/v1/account", CONFIRMED);

        ada.client.post("/api/v1/forgot-password", Map.of("email", ada.email));
        ada.client.post("/api/v1/forgot-password", Map.of("email", ada.id + "@deleted.invalid"));

        assertThat(ada.told("mail.password_reset")).isEmpty();
        assertThat(ada.client
                        .post(
                                "/api/v1/reset-password",
                                Map.of("email", ada.email, "code", code, "password", Somebody.NEW_PASSWORD))
                        .error())
                .isEqualTo("auth.reset_code");
    }

    @Test
    void aDeletionThatFailedHalfWayAndIsNotRepeatedIsFinishedAllTheSame() {
        Somebody eve = new Somebody(stores);
        JsonNode here = eve.signedIn(eve.client);
        ApiClient late = eve.function(Map.of(), outbox -> told -> {
            if (told.type().equals("account.deleted")) {
                throw Errors.STORE_UNAVAILABLE.exception();
            }
            outbox.append(told);
        });
        assertThat(Somebody.as(late, here).delete("/api/v1/account", CONFIRMED).error())
                .isEqualTo("store.unavailable");
        assertThat(eve.toldInside("account.leaving")).hasSize(1);
        assertThat(eve.told("account.deleted")).isEmpty();

        assertThat(eve.tellsItself("account.leaving")).isTrue();
        assertThat(eve.tellsItself("account.leaving")).isTrue();

        assertThat(eve.told("account.deleted")).containsExactly(Map.of("user_id", eve.id));
        assertThat(eve.refresh(here).status()).isEqualTo(401);
    }

    @Test
    void aDeletionThatWasNotToBeIsNotFinished() {
        Somebody eve = new Somebody(stores);
        JsonNode here = eve.signedIn(eve.client);
        ApiClient stumbling = eve.function(Map.of(), outbox -> told -> {
            throw Errors.STORE_UNAVAILABLE.exception();
        });
        Somebody.as(stumbling, here).delete("/api/v1/account", CONFIRMED);

        assertThat(eve.tellsItself("account.leaving")).as("it may be under way").isFalse();
        eve.clock.advance(Duration.ofSeconds(31));
        assertThat(eve.tellsItself("account.leaving")).isTrue();
        assertThat(eve.told("account.deleted")).isEmpty();
        assertThat(eve.refresh(here).status()).isEqualTo(200);
    }

    @Test
    void aDeletionThatFailedHalfWayIsFinishedByItsRepeat() throws Exception {
        for (String event : List.of("sessions.ended", "account.deleted")) {
            Somebody eve = new Somebody(stores);
            JsonNode here = eve.signedIn(eve.client);
            JsonNode there = eve.signedIn(eve.client);
            AtomicBoolean fails = new AtomicBoolean(true);
            ApiClient stumbling = eve.function(Map.of(), outbox -> told -> {
                if (fails.get() && told.type().equals(event)) {
                    throw Errors.STORE_UNAVAILABLE.exception();
                }
                outbox.append(told);
            });
            ApiClient caller = Somebody.as(stumbling, here);

            assertThat(caller.delete("/api/v1/account", CONFIRMED).error())
                    .as(event)
                    .isEqualTo("store.unavailable");
            assertThat(eve.refresh(there).status()).as(event).isEqualTo(401);
            fails.set(false);

            assertThat(caller.delete("/api/v1/account", CONFIRMED).status())
                    .as(event)
                    .isEqualTo(200);
            assertThat(row(eve.id)).as(event).contains("status=deleted");
            assertThat(eve.told("account.deleted")).as(event).hasSize(1);
            assertThat(eve.refresh(here).status()).as(event).isEqualTo(401);
        }
    }
}
