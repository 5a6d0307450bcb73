package dev.parley.files.function;

import static dev.parley.files.function.FilesWorld.bytes;
import static dev.parley.files.function.FilesWorld.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.files.function.FilesWorld.Caller;
import dev.parley.files.function.FilesWorld.Reply;
import dev.parley.kernel.Limit;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Devices, and what is pushed to them. */
@Tag("component")
class PushesTest {
    private static final byte[] PLAN = bytes(900, 42);

    private final FilesWorld world = new FilesWorld();
    private final Caller ana = world.user("ana");
    private final Caller ben = world.user("ben");
    private final Caller eve = world.user("eve");

    @AfterEach
    void close() {
        world.close();
    }

    private static String device(Caller owner, String name) {
        Reply made = owner.post("/devices", Map.of("name", name, "kind", "laptop"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.data().has("credential")).isFalse();
        return made.data().path("device").path("device_id").asString();
    }

    private static Reply push(Caller sender, String file, Map<String, Object> targets) {
        return sender.post("/files/" + file + "/push", Map.of("targets", targets));
    }

    private static String id(Reply push) {
        return push.data().path("push_id").asString();
    }

    private static Reply report(Caller caller, String push, String device, Map<String, Object> report) {
        return caller.post("/pushes/" + push + "/devices/" + device + "/state", report);
    }

    private static int count(Reply push, String state) {
        return push.data().path("counts").path(state).asInt();
    }

    /** Who was told what about a push: types and holders. */
    private List<String> told(String push) {
        return world.told(Tables.OUTBOX, push).stream()
                .map(event -> event.getKey() + " "
                        + (event.getValue().containsKey("to")
                                ? event.getValue().get("to")
                                : event.getValue().get("user_id")))
                .toList();
    }

    @Test
    void aPushReachesEveryDeviceOfItsPeopleAndItsSenderSeesHowFarItIs() {
        String laptop = device(ben, "Ben's laptop");
        String phone = device(ben, "Ben's phone");
        device(eve, "Eve's");
        String file = ana.ready("plan.txt", PLAN);
        assertThat(ben.get("/files/" + file).error()).isEqualTo("file.not_found");

        Reply pushed = push(ana, file, Map.of("users", List.of("u_ben")));
        assertThat(pushed.status()).isEqualTo(201);
        assertThat(count(pushed, "waiting")).isEqualTo(2);
        String push = id(pushed);
        var notice = world.told(Tables.OUTBOX, push).getFirst();
        assertThat(notice.getKey()).isEqualTo("file.notice");
        assertThat(notice.getValue())
                .containsEntry("file_id", file)
                .containsEntry("name", "plan.txt")
                .containsEntry("size", "900")
                .containsEntry("sha256", hex(PLAN))
                .containsEntry("from", "u_ana")
                .containsEntry("from_name", "Name of ana");
        assertThat(Wire.tree(notice.getValue().get("to"))
                        .path("u_ben")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyInAnyOrder(laptop, phone);
        assertThat(ben.get("/files/" + file + "/url").status()).isEqualTo(200);
        assertThat(eve.get("/files/" + file + "/url").error()).isEqualTo("file.not_found");

        JsonNode pending = ben.get("/devices/" + laptop + "/pushes").data().path("list");
        assertThat(pending).hasSize(1);
        assertThat(pending.get(0).path("push_id").asString()).isEqualTo(push);
        assertThat(pending.get(0).path("state").asString()).isEqualTo("waiting");
        assertThat(eve.get("/devices/" + laptop + "/pushes").error()).isEqualTo("device.not_found");

        report(ben, push, laptop, Map.of("state", "downloading", "bytes", 500));
        Reply late = report(ben, push, laptop, Map.of("state", "notified"));
        assertThat(late.data().path("state").asString()).isEqualTo("downloading");
        assertThat(report(ben, push, laptop, Map.of("state", "done", "sha256", "0".repeat(64)))
                        .error())
                .isEqualTo("push.hash");
        assertThat(report(ben, push, laptop, Map.of("state", "done")).error()).isEqualTo("request.invalid");
        Reply done = report(ben, push, laptop, Map.of("state", "done", "sha256", hex(PLAN)));
        assertThat(done.data().path("bytes").asInt()).isEqualTo(900);
        assertThat(report(ben, push, phone, Map.of("state", "failed", "reason", "no room"))
                        .status())
                .isEqualTo(200);
        assertThat(report(eve, push, phone, Map.of("state", "notified")).error())
                .isEqualTo("device.not_found");

        Reply seen = ana.get("/pushes/" + push);
        assertThat(count(seen, "done")).isEqualTo(1);
        assertThat(count(seen, "failed")).isEqualTo(1);
        assertThat(seen.data()
                        .path("deliveries")
                        .path("list")
                        .valueStream()
                        .map(one -> one.path("device_name").asString() + " "
                                + one.path("state").asString() + " "
                                + one.path("user_name").asString()))
                .containsExactlyInAnyOrder("Ben's laptop done Name of ben", "Ben's phone failed Name of ben");
        assertThat(ben.get("/pushes/" + push).error()).isEqualTo("push.not_found");
        assertThat(ben.get("/devices/" + laptop + "/pushes").data().path("list"))
                .isEmpty();
        assertThat(ana.get("/pushes").data().path("list").get(0).path("push_id").asString())
                .isEqualTo(push);
        // When all is settled the sender is told, however often they were a moment before.
        assertThat(told(push)).filteredOn(one -> one.equals("push.state u_ana")).hasSize(2);
    }

    @Test
    void theSenderIsToldOftenEnoughAndNotOfEverything() {
        String laptop = device(ben, "laptop");
        device(ben, "other");
        String file = ana.ready("plan.txt", PLAN);
        String push = id(push(ana, file, Map.of("users", List.of("u_ben"))));
        for (int bytes = 100; bytes <= 500; bytes += 100) {
            report(ben, push, laptop, Map.of("state", "downloading", "bytes", bytes));
        }
        assertThat(told(push)).filteredOn(one -> one.startsWith("push.state")).hasSize(1);
        world.clock.advance(Duration.ofSeconds(3));
        world.sweep();
        assertThat(told(push)).filteredOn(one -> one.startsWith("push.state")).hasSize(2);
        world.clock.advance(Duration.ofSeconds(3));
        world.sweep();
        assertThat(told(push)).filteredOn(one -> one.startsWith("push.state")).hasSize(2);
    }

    @Test
    void whoHasNoDeviceIsReachedByTheFirst() {
        String file = ana.ready("plan.txt", PLAN);
        Reply pushed = push(ana, file, Map.of("users", List.of("u_ben")));
        assertThat(pushed.data().path("people_without_device").asInt()).isEqualTo(1);
        assertThat(told(id(pushed)).getFirst()).isEqualTo("file.notice {\"u_ben\":[]}");
        String first = device(ben, "first");
        String second = device(ben, "second");
        assertThat(ben.get("/devices/" + first + "/pushes").data().path("list")).hasSize(1);
        assertThat(ben.get("/devices/" + second + "/pushes").data().path("list"))
                .isEmpty();
        assertThat(told(id(pushed))).contains("file.notice {\"u_ben\":[\"" + first + "\"]}");
        assertThat(ana.get("/pushes/" + id(pushed))
                        .data()
                        .path("people_without_device")
                        .asInt())
                .isZero();
    }

    @Test
    void aPushThatIsCalledBackIsNotFetchedAnyMore() {
        String laptop = device(ben, "laptop");
        String file = ana.ready("plan.txt", PLAN);
        String push = id(push(ana, file, Map.of("users", List.of("u_ben"))));
        assertThat(ben.delete("/pushes/" + push).error()).isEqualTo("push.not_found");
        assertThat(ana.delete("/pushes/" + push).status()).isEqualTo(200);
        assertThat(ana.delete("/pushes/" + push).status()).isEqualTo(200);
        assertThat(told(push)).contains("file.recalled {\"u_ben\":[\"" + laptop + "\"]}");
        assertThat(report(ben, push, laptop, Map.of("state", "downloading")).error())
                .isEqualTo("push.called_back");
        assertThat(ben.get("/devices/" + laptop + "/pushes").data().path("list"))
                .isEmpty();
        assertThat(ben.get("/files/" + file).error()).isEqualTo("file.not_found");
        assertThat(ana.get("/pushes/" + push).data().has("called_back_at")).isTrue();
    }

    @Test
    void whoeverIsInTheConversationOrTheMeetingIsReached() {
        String bens = device(ben, "ben's");
        String anas = device(ana, "ana's");
        String file = ana.ready("plan.txt", PLAN);
        String group = world.group("c_team", ana, ben);
        assertThat(count(push(ana, file, Map.of("conversation_id", group)), "waiting"))
                .isEqualTo(1);
        world.meeting(ana, ben, world.guest("gus"));
        Reply meeting = push(ana, file, Map.of("meeting_id", FilesWorld.ROOM, "devices", List.of(anas)));
        assertThat(meeting.status()).isEqualTo(201);
        assertThat(told(id(meeting)).getFirst()).contains(anas).contains(bens);
        assertThat(push(eve, eve.ready("x", bytes(10, 9)), Map.of("conversation_id", group))
                        .error())
                .isEqualTo("conversation.not_found");
        assertThat(push(eve, eve.ready("y", bytes(10, 8)), Map.of("meeting_id", FilesWorld.ROOM))
                        .error())
                .isEqualTo("conversation.not_found");
    }

    @Test
    void onlyWhatMayBePushedIsPushedToWhomItMayBe() {
        String bens = device(ben, "ben's");
        String file = ana.ready("plan.txt", PLAN);
        assertThat(push(ana, file, Map.of()).error()).isEqualTo("push.no_target");
        assertThat(ana.post("/files/" + file + "/push", Map.of()).error()).isEqualTo("request.invalid");
        assertThat(push(ana, file, Map.of("devices", List.of(bens))).error()).isEqualTo("push.target");
        assertThat(push(ana, file, Map.of("users", List.of("u_nobody"))).error())
                .isEqualTo("request.invalid");
        assertThat(push(eve, file, Map.of("users", List.of("u_ben"))).error()).isEqualTo("file.not_found");
        Map<String, Object> named = new HashMap<>(
                Map.of("targets", Map.of("users", List.of("u_ben")), "client_push_id", "p1", "note", "read this"));
        String push = id(ana.post("/files/" + file + "/push", named));
        assertThat(id(ana.post("/files/" + file + "/push", named))).isEqualTo(push);
        String other = ana.ready("other.txt", bytes(10, 10));
        assertThat(ana.post("/files/" + other + "/push", named).error()).isEqualTo("push.id_reused");
    }

    @Test
    void aDeviceOfNobodySignsInByItselfAndDoesWhatDevicesDo() {
        Caller root = world.admin("root");
        Map<String, Object> draft = Map.of("name", "Meter 7", "kind", "meter", "credential", true, "shared", true);
        assertThat(ana.post("/devices", draft).error()).isEqualTo("auth.forbidden");
        Reply made = root.post("/devices", draft);
        String meter = made.data().path("device").path("device_id").asString();
        String credential = made.data().path("credential").asString();
        assertThat(root.get("/devices?shared=true").body().toString())
                .contains(meter)
                .doesNotContain(credential);
        assertThat(world.told(Tables.INBOX, "shared")).hasSize(2);

        assertThat(signIn(meter, credential + "x").error()).isEqualTo("device.credential");
        assertThat(signIn(meter, "dk_" + "A".repeat(43)).error()).isEqualTo("device.credential");
        assertThat(signIn("dv_unknown", credential).error()).isEqualTo("device.credential");
        Reply signedIn = signIn(meter, credential);
        assertThat(signedIn.status()).isEqualTo(200);
        Caller box = world.withToken(meter, signedIn.data().path("token").asString());

        String file = ana.ready("firmware.txt", PLAN);
        String mine = ana.ready("private.txt", bytes(20, 1));
        assertThat(push(ana, file, Map.of("devices", List.of(meter))).error()).isEqualTo("push.target");
        // Who is to push it to the meter must be able to read it.
        assertThat(push(root, file, Map.of("devices", List.of(meter))).error()).isEqualTo("file.not_found");
        String keepers = root.ready("firmware.txt", bytes(901, 2));
        String push = id(push(root, keepers, Map.of("devices", List.of(meter))));
        assertThat(told(push).getFirst()).isEqualTo("file.notice {\"" + meter + "\":[\"" + meter + "\"]}");
        assertThat(box.get("/devices/" + meter + "/pushes").data().path("list")).hasSize(1);
        assertThat(box.get("/devices/" + meter).status()).isEqualTo(200);
        assertThat(box.get("/files/" + keepers + "/manifest").status()).isEqualTo(200);
        assertThat(box.get("/files/" + keepers + "/url").status()).isEqualTo(200);
        assertThat(report(box, push, meter, Map.of("state", "done", "sha256", hex(bytes(901, 2))))
                        .status())
                .isEqualTo(200);

        assertThat(box.get("/files/" + mine).error()).isEqualTo("file.not_found");
        for (String other : List.of("/files", "/devices", "/pushes", "/pushes/" + push)) {
            assertThat(box.get(other).status()).as(other).isEqualTo(401);
        }
        assertThat(box.post("/files/" + keepers + "/push", Map.of()).status()).isEqualTo(401);
        assertThat(box.get("/devices/" + device(ana, "ana's") + "/pushes").error())
                .isEqualTo("device.not_found");

        assertThat(root.delete("/devices/" + meter).status()).isEqualTo(200);
        assertThat(signIn(meter, credential).error()).isEqualTo("device.credential");
        world.clock.advance(Duration.ofSeconds(2));
        assertThat(box.get("/devices/" + meter).error()).isEqualTo("auth.revoked");
        assertThat(world.told(Tables.OUTBOX, meter))
                .singleElement()
                .satisfies(event -> assertThat(event.getKey()).isEqualTo("sessions.ended"));
    }

    private Reply signIn(String device, String credential) {
        return world.nobody().post("/devices/token", Map.of("device_id", device, "credential", credential));
    }

    @Test
    void whoTriesCredentialsIsStopped() {
        Reply last = null;
        for (int i = 0; i < 12; i++) {
            last = signIn("dv_unknown", "dk_" + "A".repeat(43));
        }
        assertThat(last.error()).isEqualTo("rate.limited");
    }

    @Test
    void aDeviceThatIsRemovedFetchesNothingMoreAndItsSenderLearnsIt() {
        String laptop = device(ben, "laptop");
        String file = ana.ready("plan.txt", PLAN);
        String push = id(push(ana, file, Map.of("users", List.of("u_ben"))));
        assertThat(eve.delete("/devices/" + laptop).error()).isEqualTo("device.not_found");
        assertThat(ben.delete("/devices/" + laptop).status()).isEqualTo(200);
        assertThat(ben.get("/devices").data().path("total").asInt()).isZero();
        Reply seen = ana.get("/pushes/" + push);
        assertThat(count(seen, "failed")).isEqualTo(1);
        assertThat(seen.data()
                        .path("deliveries")
                        .path("list")
                        .get(0)
                        .path("reason")
                        .asString())
                .isEqualTo("device_removed");
        assertThat(seen.body().toString()).doesNotContain("laptop");
    }

    @Test
    void thereAreSoManyDevicesAndNoMore() throws Exception {
        world.write(
                Tables.EPHEMERAL, Map.of("key", Items.text("limits"), Limit.ACCOUNT_DEVICES.wire(), Items.number(2)));
        List<Reply> made =
                UploadsTest.atOnce(5, () -> ana.post("/devices", Map.of("name", "one of many", "kind", "phone")));
        assertThat(made).filteredOn(reply -> reply.status() == 201).hasSize(2);
        assertThat(made)
                .filteredOn(reply -> reply.error().equals("device.too_many"))
                .hasSize(3);
        assertThat(ana.post("/devices", Map.of("name", "x", "kind", "toaster")).error())
                .isEqualTo("request.invalid");
    }

    @Test
    void anAccountThatIsBannedHasNoDevicesThatSignIn() {
        String plain = device(ana, "laptop");
        Reply made = ana.post("/devices", Map.of("name", "box", "kind", "box", "credential", true));
        String box = made.data().path("device").path("device_id").asString();
        world.happened("account.banned", ana.id);
        assertThat(signIn(box, made.data().path("credential").asString()).error())
                .isEqualTo("device.credential");
        assertThat(ana.get("/devices/" + plain).status()).isEqualTo(200);
        world.happened("account.deleted", ana.id);
        assertThat(ana.get("/devices/" + plain).error()).isEqualTo("device.not_found");
    }

    @Test
    void aFileThatIsRemovedWhileItIsPushedIsNotPushedOrIsCalledBack() throws Exception {
        String laptop = device(ben, "laptop");
        for (int round = 0; round < 10; round++) {
            String file = ana.ready("plan" + round, bytes(300, 100 + round));
            AtomicInteger turns = new AtomicInteger();
            List<Reply> both = UploadsTest.atOnce(
                    2,
                    () -> turns.getAndIncrement() == 0
                            ? push(ana, file, Map.of("users", List.of("u_ben")))
                            : ana.delete("/files/" + file));
            assertThat(both)
                    .extracting(Reply::status)
                    .allSatisfy(status -> assertThat(status).isIn(200, 201, 404, 409));
            assertThat(ben.get("/devices/" + laptop + "/pushes").data().path("list"))
                    .isEmpty();
            both.stream()
                    .filter(reply -> reply.status() == 201)
                    .forEach(reply -> assertThat(
                                    ana.get("/pushes/" + id(reply)).data().has("called_back_at"))
                            .isTrue());
        }
    }

    @Test
    void twoDevicesThatComeWhileAPushIsMadeAreReachedOnce() throws Exception {
        String file = ana.ready("plan.txt", PLAN);
        AtomicInteger turns = new AtomicInteger();
        List<Reply> all = UploadsTest.atOnce(
                3,
                () -> turns.getAndIncrement() == 0
                        ? push(ana, file, Map.of("users", List.of("u_ben")))
                        : ben.post("/devices", Map.of("name", "new", "kind", "phone")));
        String push = all.stream()
                .filter(reply -> reply.data().has("push_id"))
                .map(PushesTest::id)
                .findFirst()
                .orElseThrow();
        Reply seen = ana.get("/pushes/" + push);
        assertThat(count(seen, "waiting")).isBetween(1, 2);
        assertThat(seen.data().path("people_without_device").asInt()).isZero();
    }
}
