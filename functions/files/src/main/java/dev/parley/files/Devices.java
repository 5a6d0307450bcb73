package dev.parley.files;

import dev.parley.contracts.files.DeviceDraft;
import dev.parley.contracts.files.DeviceReply;
import dev.parley.contracts.files.DeviceSignIn;
import dev.parley.contracts.files.DeviceToken;
import dev.parley.contracts.files.DeviceView;
import dev.parley.contracts.files.FileLimits;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Limits;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Role;
import dev.parley.kernel.Sha256;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.IssuedToken;
import dev.parley.kernel.tokens.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Devices: those of a person, which use the person's session or sign in by themselves, and those of nobody - a meter, a kiosk, a box. What a
 * device signs in with is 256 random bits, told once; only their hash is kept.
 */
public final class Devices {
    private static final String CREDENTIAL = "dk_";
    private static final int CREDENTIAL_CHARS = 46;
    private static final Rate SIGN_INS = Rate.of(10, Duration.ofMinutes(1));
    private static final Rate ADDRESS_SIGN_INS = Rate.of(60, Duration.ofMinutes(1));
    /** So many may belong to nobody. */
    private static final int SHARED = 10_000;

    private static final String NOBODYS_HASH = Sha256.base64Url("no device");

    private final DeviceRegister devices;
    private final TokenIssuer<AccessClaims> issuer;
    private final Revocations revocations;
    private final Notices notices;
    private final FileNews news;
    private final RateLimiter limiter;
    private final Limits limits;
    private final Ids ids;
    private final InstantSource clock;

    Devices(
            DeviceRegister devices,
            TokenIssuer<AccessClaims> issuer,
            Revocations revocations,
            Notices notices,
            FileNews news,
            RateLimiter limiter,
            Limits limits,
            Ids ids,
            InstantSource clock) {
        this.devices = Objects.requireNonNull(devices);
        this.issuer = Objects.requireNonNull(issuer);
        this.revocations = Objects.requireNonNull(revocations);
        this.notices = Objects.requireNonNull(notices);
        this.news = Objects.requireNonNull(news);
        this.limiter = Objects.requireNonNull(limiter);
        this.limits = Objects.requireNonNull(limits);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /** @throws dev.parley.kernel.ApiException 400 by field, 403, 409 {@code device.too_many}, 429, 503 */
    public DeviceReply add(Principal caller, DeviceDraft draft) {
        boolean signsIn = Boolean.TRUE.equals(draft.credential());
        boolean shared = Boolean.TRUE.equals(draft.shared());
        if (shared && caller.role() != Role.ADMIN) {
            throw Errors.FORBIDDEN.exception();
        }
        if (shared && !signsIn) {
            throw Errors.invalid("credential", "a device that belongs to nobody must sign in by itself");
        }
        String name = FileRules.line("name", draft.name(), FileLimits.NAME_CHARS);
        if (name.isEmpty()) {
            throw Errors.invalid("name", "name must have 1 to " + FileLimits.NAME_CHARS + " characters");
        }
        Optional<String> credential = signsIn ? Optional.of(CREDENTIAL + ids.secret()) : Optional.empty();
        Device device = new Device(
                ids.opaque("dv_"),
                shared ? Optional.empty() : Optional.of(caller.userId()),
                name,
                FileRules.kind(draft.kind()),
                credential.map(Sha256::base64Url),
                caller.userId(),
                now(),
                Optional.empty());
        limiter.check("devices#" + caller.userId(), Rate.of(60, Duration.ofHours(1)));
        if (!devices.add(device, shared ? SHARED : limits.of(Limit.ACCOUNT_DEVICES))) {
            throw FilesErrors.TOO_MANY_DEVICES.exception();
        }
        notices.waitingFor(device);
        return new DeviceReply(view(device), credential.orElse(null));
    }

    /** The caller's devices, or for administrators those of nobody. */
    public Envelope.Page<DeviceView> list(Principal caller, boolean shared, int page, int pageSize) {
        if (shared && caller.role() != Role.ADMIN) {
            throw Errors.FORBIDDEN.exception();
        }
        Envelope.Page<Device> found =
                devices.page(shared ? Optional.empty() : Optional.of(caller.userId()), page, pageSize);
        return new Envelope.Page<>(found.list().stream().map(Devices::view).toList(), found.total(), page, pageSize);
    }

    /** @throws dev.parley.kernel.ApiException 404 */
    public DeviceView read(Principal caller, String deviceId) {
        return view(own(caller, deviceId));
    }

    /**
     * A device that the caller is, or that is the caller's; one of nobody is the administrators'.
     *
     * @throws dev.parley.kernel.ApiException 404
     */
    Device own(Principal caller, String deviceId) {
        Device device = devices.find(deviceId).orElseThrow(FilesErrors.NO_DEVICE::exception);
        boolean itself = caller.isDevice() && caller.userId().equals(device.id());
        boolean owner = !caller.isDevice() && device.ownerId().equals(Optional.of(caller.userId()));
        boolean keeper = device.ownerId().isEmpty() && caller.role() == Role.ADMIN;
        if (!itself && !owner && !keeper) {
            throw FilesErrors.NO_DEVICE.exception();
        }
        return device;
    }

    /** Whose device it is, and what it is called, for the audit log. @throws dev.parley.kernel.ApiException 404 */
    public Device any(String deviceId) {
        return devices.find(deviceId).orElseThrow(FilesErrors.NO_DEVICE::exception);
    }

    /**
     * Removes a device and takes back what it signed in with; what it has not fetched fails.
     *
     * @param any whether the caller may remove other people's
     * @throws dev.parley.kernel.ApiException 404, 503
     */
    public void remove(Principal caller, String deviceId, boolean any) {
        remove(any ? any(deviceId) : own(caller, deviceId));
    }

    /** As {@link #remove(Principal, String, boolean)}, of an account that is gone. */
    void remove(Device device) {
        Optional<List<String>> pushes = devices.remove(device.id(), now());
        if (device.credential().isPresent()) {
            revocations.revoke(device.id());
            news.signedOut(device.id());
        }
        pushes.ifPresent(changed -> changed.forEach(notices::moved));
    }

    /**
     * A token of ten minutes for a device that signs in by itself: good for what is for devices, and for nothing else. Refused when it
     * cannot be counted how often somebody tried.
     *
     * @param sourceIp where the device is
     * @throws dev.parley.kernel.ApiException 401 {@code device.credential}, 429, 503
     */
    public DeviceToken signIn(DeviceSignIn request, String sourceIp) {
        String id = request.deviceId();
        String credential = request.credential();
        if (id == null || id.length() > 64 || credential == null || credential.length() != CREDENTIAL_CHARS) {
            limiter.check("device-sign-ins#" + sourceIp, ADDRESS_SIGN_INS);
            throw FilesErrors.CREDENTIAL.exception();
        }
        limiter.check("device-sign-ins#" + sourceIp, ADDRESS_SIGN_INS);
        limiter.check("device-sign-ins#" + id, SIGN_INS);
        Optional<Device> found = devices.find(id);
        String kept = found.flatMap(Device::credential).orElse(NOBODYS_HASH);
        if (!same(kept, Sha256.base64Url(credential)) || found.isEmpty()) {
            throw FilesErrors.CREDENTIAL.exception();
        }
        Device device = found.get();
        devices.seen(device.id(), now());
        IssuedToken token = issuer.issue(Audience.DEVICE, AccessClaims.device(device.id(), device.name()));
        return new DeviceToken(token.token(), token.expiresAt(), view(device));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static DeviceView view(Device device) {
        return new DeviceView(
                device.id(),
                device.name(),
                device.kind(),
                device.ownerId().orElse(null),
                device.credential().isPresent(),
                device.createdAt(),
                device.lastSeen().orElse(null));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
