package dev.parley.files;

import dev.parley.contracts.files.DeliveryReport;
import dev.parley.contracts.files.DeliveryView;
import dev.parley.contracts.files.FileLimits;
import dev.parley.contracts.files.PendingPushes;
import dev.parley.contracts.files.PushDraft;
import dev.parley.contracts.files.PushView;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Pushes: the notice goes to the devices, and they fetch the file themselves, when they are there. What became of it on each of them is kept
 * and told to the sender.
 */
public final class Pushes {
    /** How long a push waits for devices that are away. */
    static final Duration LIFETIME = Duration.ofDays(30);

    private static final Rate REPORTS = Rate.of(300, Duration.ofMinutes(1));
    private static final int PENDING = 100;

    private final PushRegister pushes;
    private final FileRegister files;
    private final FileAccess access;
    private final Conversations conversations;
    private final Devices devices;
    private final Notices notices;
    private final SweepTimes times;
    private final People people;
    private final RateLimiter limiter;
    private final Ids ids;
    private final InstantSource clock;

    Pushes(
            PushRegister pushes,
            FileRegister files,
            FileAccess access,
            Conversations conversations,
            Devices devices,
            Notices notices,
            SweepTimes times,
            People people,
            RateLimiter limiter,
            Ids ids,
            InstantSource clock) {
        this.pushes = Objects.requireNonNull(pushes);
        this.files = Objects.requireNonNull(files);
        this.access = Objects.requireNonNull(access);
        this.conversations = Objects.requireNonNull(conversations);
        this.devices = Objects.requireNonNull(devices);
        this.notices = Objects.requireNonNull(notices);
        this.times = Objects.requireNonNull(times);
        this.people = Objects.requireNonNull(people);
        this.limiter = Objects.requireNonNull(limiter);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Sends a file to devices. The same again, under the sender's name for it, is the same push.
     *
     * @throws dev.parley.kernel.ApiException 400 by field, 403 {@code push.target}, 404, 409 {@code file.not_ready}, 422, 429, 503
     */
    public PushView begin(Principal caller, String fileId, PushDraft draft) {
        PushDraft.Targets targets = Optional.ofNullable(draft.targets())
                .orElseThrow(() -> Errors.invalid("targets", "targets must say whom it goes to"));
        List<String> users = FileRules.users(targets.users());
        List<String> named = FileRules.devices(targets.devices());
        String note = FileRules.line("note", draft.note(), FileLimits.NOTE_CHARS);
        String called = FileRules.line("client_push_id", draft.clientPushId(), FileLimits.CLIENT_PUSH_ID_CHARS);
        StoredFile file = access.readable(caller, fileId);
        if (!file.ready()) {
            throw FilesErrors.NOT_READY.exception();
        }
        limiter.check("pushes#" + caller.userId(), Limit.ACCOUNT_PUSHES);
        named.forEach(id -> requireTarget(caller, id));
        Set<String> who = people(caller, users, targets);
        if (who.isEmpty() && named.isEmpty()) {
            throw FilesErrors.NO_TARGET.exception();
        }
        Instant now = now();
        Push push = new Push(
                ids.opaque("ps_"),
                fileId,
                caller.userId(),
                caller.name(),
                note,
                Optional.of(called).filter(text -> !text.isEmpty()),
                now,
                now.plus(LIFETIME),
                Optional.empty());
        times.wanted(now.plus(FileSweep.TOLD_WITHIN));
        Push begun = switch (pushes.begin(push, who, named, FileLimits.DELIVERIES)) {
            case PushRegister.Begun.Push done -> done.push();
            case PushRegister.Begun.NoFile none -> throw FilesErrors.NOT_READY.exception();
            case PushRegister.Begun.TooMany many ->
                throw FilesErrors.TOO_MANY_TARGETS.exception(
                        FilesErrors.TOO_MANY_TARGETS.message(), Map.of("limit", FileLimits.DELIVERIES));
        };
        if (!begun.fileId().equals(fileId)) {
            throw FilesErrors.PUSH_REUSED.exception();
        }
        notices.announce(begun.id());
        return view(begun, null);
    }

    private void requireTarget(Principal caller, String deviceId) {
        Device device = devices.any(deviceId);
        boolean own = device.ownerId().equals(Optional.of(caller.userId()));
        boolean keeper = device.ownerId().isEmpty() && caller.role() == Role.ADMIN;
        if (!own && !keeper) {
            throw FilesErrors.NOT_YOURS.exception();
        }
    }

    /** Whom it goes to: those named, and everybody else in a conversation or a meeting. */
    private Set<String> people(Principal caller, List<String> users, PushDraft.Targets targets) {
        Set<String> who = new LinkedHashSet<>();
        if (targets.conversationId() != null) {
            String id = FileRules.conversation(targets.conversationId());
            requireInside(caller, id);
            who.addAll(conversations.people(id));
        }
        if (targets.meetingId() != null) {
            if (!Ids.isMeeting(targets.meetingId())) {
                throw Errors.invalid("meeting_id", "meeting_id must be the id of a meeting");
            }
            List<String> inside = conversations.inMeeting(targets.meetingId());
            if (!inside.contains(caller.userId())) {
                throw FilesErrors.NO_CONVERSATION.exception();
            }
            who.addAll(inside);
        }
        who.remove(caller.userId());
        who.addAll(known(users));
        return who;
    }

    private void requireInside(Principal caller, String conversationId) {
        if (!conversations.mayRead(caller, conversationId)) {
            throw FilesErrors.NO_CONVERSATION.exception();
        }
    }

    private List<String> known(List<String> users) {
        if (users.isEmpty()) {
            return users;
        }
        Map<String, Person> found = people.find(users);
        if (users.stream()
                .anyMatch(id -> !found.containsKey(id) || found.get(id).deleted())) {
            throw Errors.invalid("users", "users must be ids of people who are there");
        }
        return users;
    }

    /** The caller's own pushes, the newest first. */
    public Envelope.Page<PushView> list(Principal caller, int page, int pageSize) {
        Envelope.Page<Push> found = pushes.page(caller.userId(), page, pageSize);
        return new Envelope.Page<>(
                found.list().stream().map(push -> view(push, null)).toList(), found.total(), page, pageSize);
    }

    /** @throws dev.parley.kernel.ApiException 404 {@code push.not_found} */
    public PushView read(Principal caller, String pushId, int page, int pageSize) {
        Push push = own(caller, pushId);
        Envelope.Page<Delivery> found = pushes.deliveries(pushId, page, pageSize);
        Map<String, Person> names = people.find(
                found.list().stream().flatMap(one -> one.userId().stream()).toList());
        List<DeliveryView> views =
                found.list().stream().map(one -> view(one, names)).toList();
        return view(
                push,
                new PushView.Deliveries(views, found.total(), found.page(), found.pageSize(), found.totalPages()));
    }

    private Push own(Principal caller, String pushId) {
        return pushes.find(pushId)
                .filter(push -> push.senderId().equals(caller.userId()))
                .orElseThrow(FilesErrors.NO_PUSH::exception);
    }

    /** Calls a push back: who has not fetched it does not any more. Done again, it is done. @throws dev.parley.kernel.ApiException 404, 503 */
    public void callBack(Principal caller, String pushId) {
        own(caller, pushId);
        pushes.callBack(pushId, now());
        notices.recalled(pushId);
    }

    /**
     * What a device has still to fetch, the oldest first; what failed is among it, for the device may try again.
     *
     * @throws dev.parley.kernel.ApiException 404 {@code device.not_found}
     */
    public PendingPushes pending(Principal caller, String deviceId) {
        devices.own(caller, deviceId);
        List<PendingPushes.Pending> list = new ArrayList<>();
        for (PushRegister.Pending one : pushes.pending(deviceId, now(), PENDING)) {
            files.find(one.push().fileId()).filter(StoredFile::ready).ifPresent(file -> list.add(pending(one, file)));
        }
        return new PendingPushes(List.copyOf(list));
    }

    private static PendingPushes.Pending pending(PushRegister.Pending one, StoredFile file) {
        Push push = one.push();
        Delivery delivery = one.delivery();
        return new PendingPushes.Pending(
                push.id(),
                file.id(),
                file.name(),
                file.size(),
                file.sha256(),
                file.type().orElse(null),
                new PushView.Sender(push.senderId(), push.senderName()),
                push.note().isEmpty() ? null : push.note(),
                push.createdAt(),
                delivery.state().wire(),
                delivery.bytes(),
                delivery.attempt());
    }

    /**
     * What a device says of a push. What is behind what it said before changes nothing.
     *
     * @return the delivery as it stands
     * @throws dev.parley.kernel.ApiException 400, 404, 409 {@code push.hash}, 410 {@code push.called_back}, 429, 503
     */
    public DeliveryView report(Principal caller, String pushId, String deviceId, DeliveryReport said) {
        Device device = devices.own(caller, deviceId);
        Push push = pushes.find(pushId).orElseThrow(FilesErrors.NO_PUSH::exception);
        pushes.delivery(pushId, deviceId).orElseThrow(FilesErrors.NO_PUSH::exception);
        if (!push.open(clock.instant())) {
            throw FilesErrors.CALLED_BACK.exception();
        }
        StoredFile file =
                files.find(push.fileId()).filter(StoredFile::ready).orElseThrow(FilesErrors.CALLED_BACK::exception);
        Delivery.Report report = report(said, file);
        limiter.check("reports#" + device.id(), REPORTS);
        Instant now = now();
        Optional<Delivery> changed = pushes.change(
                pushId,
                deviceId,
                stands -> stands.isMovedBy(report) ? Optional.of(stands.moved(report, now)) : Optional.empty());
        if (changed.isPresent()) {
            notices.moved(pushId);
        }
        Delivery stands =
                changed.or(() -> pushes.delivery(pushId, deviceId)).orElseThrow(FilesErrors.NO_PUSH::exception);
        return view(stands, Map.of());
    }

    private static Delivery.Report report(DeliveryReport said, StoredFile file) {
        Delivery.State state = Delivery.State.find(said.state() == null ? "" : said.state())
                .filter(one -> one != Delivery.State.WAITING)
                .orElseThrow(() -> Errors.invalid("state", "state must be notified, downloading, done or failed"));
        long bytes = said.bytes() == null ? 0 : said.bytes();
        if (bytes < 0 || bytes > file.size()) {
            throw Errors.invalid("bytes", "bytes must be 0 to the file's " + file.size());
        }
        int attempt = said.attempt() == null ? 1 : said.attempt();
        if (attempt < 1 || attempt > 1_000_000) {
            throw Errors.invalid("attempt", "attempt must be 1 to 1000000");
        }
        String reason = FileRules.line("reason", said.reason(), FileLimits.NOTE_CHARS);
        if (state == Delivery.State.FAILED && reason.isEmpty()) {
            throw Errors.invalid("reason", "reason must say why it failed");
        }
        if (state == Delivery.State.DONE
                && !FileRules.hash("sha256", said.sha256()).equals(file.sha256())) {
            throw FilesErrors.HASH.exception();
        }
        return new Delivery.Report(
                state,
                state == Delivery.State.DONE ? file.size() : bytes,
                attempt,
                state == Delivery.State.FAILED ? Optional.of(reason) : Optional.empty());
    }

    private PushView view(Push push, PushView.Deliveries deliveries) {
        StoredFile file = files.find(push.fileId()).orElseThrow(FilesErrors.NO_FILE::exception);
        return new PushView(
                push.id(),
                push.fileId(),
                file.name(),
                file.size(),
                file.sha256(),
                new PushView.Sender(push.senderId(), push.senderName()),
                push.note().isEmpty() ? null : push.note(),
                push.createdAt(),
                push.calledBackAt().orElse(null),
                push.expiresAt(),
                pushes.counts(push.id()),
                pushes.peopleWithoutDevice(push.id()),
                deliveries);
    }

    private static DeliveryView view(Delivery delivery, Map<String, Person> names) {
        return new DeliveryView(
                delivery.deviceId(),
                delivery.deviceName(),
                delivery.userId().orElse(null),
                delivery.userId()
                        .map(names::get)
                        .map(Person::name)
                        .filter(name -> !name.isEmpty())
                        .orElse(null),
                delivery.state().wire(),
                delivery.bytes(),
                delivery.attempt(),
                delivery.reason().orElse(null),
                delivery.updatedAt());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
