package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Outbox;
import dev.parley.local.stores.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A forgotten password, over real stores. The mail is what the outbox says. */
@Tag("component")
class PasswordResetTest {
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

    private Reply forget(ApiClient from, String email) {
        return from.post("/api/v1/forgot-password", Map.of("email", email));
    }

    private String mailedCode() {
        ada.clock.advance(Duration.ofMillis(1));
        assertThat(forget(ada.client, ada.email).status()).isEqualTo(200);
        return ada.told("mail.password_reset").getLast().get("code");
    }

    private Reply reset(String code, String password) {
        return reset(ada.client, code, password);
    }

    private Reply reset(ApiClient from, String code, String password) {
        return from.post("/api/v1/reset-password", Map.of("email", ada.email, "code", code, "password", password));
    }

    @Test
    void theCodeOfTheMailReplacesThePasswordAndEndsEverySession() {
        JsonNode session = ada.signedIn(ada.client);
        ApiClient inChinese = ada.client.with("Accept-Language", "zh-CN,zh;q=0.9");
        assertThat(forget(inChinese, ada.email.toUpperCase()).status()).isEqualTo(200);
        Map<String, String> mail = ada.told("mail.password_reset").getFirst();
        assertThat(mail)
                .containsEntry("user_id", ada.id)
                .containsEntry("email", ada.email)
                .containsEntry("name", "Ada")
                .containsEntry("locale", "zh-CN");
        assertThat(mail.get("code")).matches("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}");

        Reply reset = reset(" " + mail.get("code").toLowerCase().replace("-", " "), Somebody.NEW_PASSWORD);

        assertThat(reset.status()).isEqualTo(200);
        assertThat(ada.refresh(session).error()).isEqualTo("auth.refresh_invalid");
        assertThat(ada.login(ada.client, Somebody.PASSWORD).status()).isEqualTo(401);
        assertThat(ada.login(ada.client, Somebody.NEW_PASSWORD).status()).isEqualTo(200);
        assertThat(ada.told("sessions.ended")).containsExactly(Map.of("user_id", ada.id));
        assertThat(ada.told("mail.password_changed"))
                .singleElement()
                .satisfies(told -> assertThat(told)
                        .containsEntry("email", ada.email)
                        .containsEntry("locale", "en")
                        .doesNotContainKey("code"));
    }

    @Test
    void anUnknownAddressGetsTheSameAnswersAndNoMail() {
        Reply known = forget(ada.client, ada.email);
        Reply unknown = forget(ada.client, "nobody_" + ada.email);

        assertThat(unknown.body()).isEqualTo(known.body());
        Reply wrongCode = reset("0000-0000", Somebody.NEW_PASSWORD);
        Reply noAccount = ada.client.post(
                "/api/v1/auth/reset-password",
                Map.of("email", "nobody_" + ada.email, "code", "0000-0000", "password", Somebody.NEW_PASSWORD));
        assertThat(wrongCode.status()).isEqualTo(400);
        assertThat(wrongCode.error()).isEqualTo("auth.reset_code");
        assertThat(noAccount.body().path("error")).isEqualTo(wrongCode.body().path("error"));
        assertThat(noAccount.body().path("message")).isEqualTo(wrongCode.body().path("message"));
        assertThat(ada.told("mail.password_reset")).hasSize(1);
    }

    @Test
    void aCodeIsGoodOnce() {
        String code = mailedCode();
        assertThat(reset(code, Somebody.NEW_PASSWORD).status()).isEqualTo(200);

        assertThat(reset(code, "Another-horse-9").error()).isEqualTo("auth.reset_code");
        assertThat(ada.login(ada.client, Somebody.NEW_PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void ofManyWhoUseACodeAtOnceOneSetsThePassword() throws Exception {
        String code = mailedCode();
        List<Callable<Reply>> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String password = "Racing-horse-" + i;
            attempts.add(() -> reset(code, password));
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> attempt : threads.invokeAll(attempts)) {
                statuses.add(attempt.get().status());
            }
        }

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 400);
    }

    @Test
    void aCodeIsOverAfterAQuarterOfAnHour() {
        String code = mailedCode();
        ada.clock.advance(Duration.ofMinutes(15));

        assertThat(reset(code, Somebody.NEW_PASSWORD).error()).isEqualTo("auth.reset_code");
        assertThat(ada.login(ada.client, Somebody.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aNewerCodeReplacesTheOlder() {
        String older = mailedCode();
        String newer = mailedCode();

        assertThat(reset(older, Somebody.NEW_PASSWORD).error()).isEqualTo("auth.reset_code");
        assertThat(reset(newer, Somebody.NEW_PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void fiveWrongTriesMakeTheCodeVoid() {
        String code = mailedCode();
        for (int i = 0; i < 5; i++) {
            assertThat(reset("0000-000" + i, Somebody.NEW_PASSWORD).error()).isEqualTo("auth.reset_code");
        }

        assertThat(reset(code, Somebody.NEW_PASSWORD).error()).isEqualTo("auth.reset_code");
        assertThat(ada.login(ada.client, Somebody.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aCodeIsVoidOnceThePasswordWasChangedOtherwise() {
        String code = mailedCode();
        ApiClient caller = Somebody.as(ada.client, ada.signedIn(ada.client));
        caller.post(
                "/api/v1/change-password",
                Map.of("old_password", Somebody.PASSWORD, "new_password", Somebody.NEW_PASSWORD));

        assertThat(reset(code, "Another-horse-9").error()).isEqualTo("auth.reset_code");
        assertThat(ada.login(ada.client, Somebody.NEW_PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void mailsAreFewPerAddressAndPerSource() {
        for (int i = 0; i < 3; i++) {
            assertThat(forget(ada.client.from("192.0.2." + i), ada.email).status())
                    .isEqualTo(200);
        }
        Reply refused = forget(ada.client.from("192.0.2.9"), ada.email);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error()).isEqualTo("rate.limited");
        assertThat(refused.header("Retry-After")).isEqualTo("300");
        assertThat(ada.told("mail.password_reset")).hasSize(3);

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(forget(ada.client, "nobody_" + i + ada.email).status());
        }
        assertThat(statuses.subList(0, 10)).containsOnly(200);
        assertThat(statuses.subList(10, 12)).containsOnly(429);
    }

    @Test
    void guessingIsSlowedWhateverTheCode() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(reset(ada.client.from("192.0.2." + i), "0000-0000", Somebody.NEW_PASSWORD)
                    .status());
        }

        assertThat(statuses.subList(0, 10)).containsOnly(400);
        assertThat(statuses.subList(10, 12)).containsOnly(429);
    }

    @Test
    void withoutItsLimitsNothingIsSentAndNothingChanged() {
        ApiClient broken = ada.function(Map.of("DYNAMODB_ENDPOINT", "http://127.0.0.1:1"), outbox -> outbox);

        assertThat(forget(broken, ada.email).error()).isEqualTo("store.unavailable");
        assertThat(reset(broken, "0000-0000", Somebody.NEW_PASSWORD).error()).isEqualTo("store.unavailable");
    }

    @Test
    void whatIsNoAddressNoCodeOrNoGoodPasswordIsRefusedByItsField() {
        String code = mailedCode();

        assertThat(field(forget(ada.client, "ada"))).isEqualTo("email");
        assertThat(field(reset("short", Somebody.NEW_PASSWORD))).isEqualTo("code");
        assertThat(field(reset(code, "Password1!"))).isEqualTo("password");
        assertThat(field(reset(code, Character.toUpperCase(ada.name.charAt(0)) + ada.name.substring(1) + "!")))
                .isEqualTo("password");
        assertThat(reset(code, Somebody.NEW_PASSWORD).status()).isEqualTo(200);
    }

    private static String field(Reply refused) {
        assertThat(refused.status()).isEqualTo(400);
        return refused.body().path("details").path("field").asString("");
    }

    @Test
    void whoLockedThemselvesOutIsLetInAfterwards() {
        for (int i = 0; i < 5; i++) {
            ada.login(ada.client, "Wrong-horse-" + i);
        }
        assertThat(ada.login(ada.client, Somebody.PASSWORD).error()).isEqualTo("auth.locked");

        reset(mailedCode(), Somebody.NEW_PASSWORD);

        assertThat(ada.login(ada.client, Somebody.NEW_PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aResetThatFailedHalfWayIsFinishedByItsRepeat() {
        String code = mailedCode();
        JsonNode session = ada.signedIn(ada.client);
        AtomicBoolean fails = new AtomicBoolean(true);
        ApiClient stumbling = ada.function(Map.of(), outbox -> unwilling(outbox, fails, "mail.password_changed"));

        Reply failed = reset(stumbling, code, Somebody.NEW_PASSWORD);
        assertThat(failed.error()).isEqualTo("store.unavailable");
        assertThat(ada.refresh(session).status()).isEqualTo(401);
        fails.set(false);

        assertThat(reset(stumbling, code, Somebody.NEW_PASSWORD).status()).isEqualTo(200);
        assertThat(ada.told("mail.password_changed")).hasSize(1);
        assertThat(reset(stumbling, code, Somebody.NEW_PASSWORD).error()).isEqualTo("auth.reset_code");
    }

    @Test
    void aChangeOfPasswordThatFailedHalfWayLeavesTheOldOneOrIsFinishedByItsRepeat() {
        for (String event : List.of("sessions.ended", "mail.password_changed")) {
            Somebody eve = new Somebody(stores);
            JsonNode here = eve.signedIn(eve.client);
            JsonNode there = eve.signedIn(eve.client);
            AtomicBoolean fails = new AtomicBoolean(true);
            ApiClient stumbling = eve.function(Map.of(), outbox -> unwilling(outbox, fails, event));
            Map<String, String> change =
                    Map.of("old_password", Somebody.PASSWORD, "new_password", Somebody.NEW_PASSWORD);

            Reply failed = Somebody.as(stumbling, here).post("/api/v1/change-password", change);
            assertThat(failed.error()).as(event).isEqualTo("store.unavailable");
            // Whatever came of it, the other session is over.
            assertThat(eve.refresh(there).error()).as(event).isEqualTo("auth.refresh_invalid");
            fails.set(false);

            assertThat(Somebody.as(stumbling, here)
                            .post("/api/v1/change-password", change)
                            .status())
                    .as(event)
                    .isEqualTo(200);
            assertThat(eve.refresh(here).status()).as(event).isEqualTo(200);
            assertThat(eve.login(eve.client, Somebody.NEW_PASSWORD).status())
                    .as(event)
                    .isEqualTo(200);
            assertThat(eve.told("mail.password_changed")).as(event).hasSize(1);
        }
    }

    @Test
    void whoSignsInWithTheOldPasswordWhileItChangesKeepsNoSession() throws Exception {
        for (int round = 0; round < 3; round++) {
            Somebody eve = new Somebody(stores);
            ApiClient unlimited = eve.function(Map.of("RATE_LIMITS", "off"), outbox -> outbox);
            JsonNode here = eve.signedIn(unlimited);
            List<Callable<Reply>> acts = new ArrayList<>();
            acts.add(() -> Somebody.as(unlimited, here)
                    .post(
                            "/api/v1/change-password",
                            Map.of("old_password", Somebody.PASSWORD, "new_password", Somebody.NEW_PASSWORD)));
            for (int i = 0; i < 4; i++) {
                acts.add(() -> eve.login(unlimited, Somebody.PASSWORD));
            }
            List<Reply> replies = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Reply> act : threads.invokeAll(acts)) {
                    replies.add(act.get());
                }
            }

            assertThat(replies.getFirst().status()).isEqualTo(200);
            for (Reply login : replies.subList(1, replies.size())) {
                assertThat(login.status()).isIn(200, 401);
                if (login.status() == 200) {
                    assertThat(eve.refresh(login.data()).status()).isEqualTo(401);
                }
            }
            assertThat(eve.refresh(here).status()).isEqualTo(200);
        }
    }

    /** An outbox that takes no event of one type while {@code fails}. */
    private static Outbox unwilling(Outbox outbox, AtomicBoolean fails, String type) {
        return event -> {
            if (fails.get() && event.type().equals(type)) {
                throw Errors.STORE_UNAVAILABLE.exception();
            }
            outbox.append(event);
        };
    }
}
