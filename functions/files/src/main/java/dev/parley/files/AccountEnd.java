package dev.parley.files;

import dev.parley.kernel.OutboxEvent;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of files and devices when their account is banned or gone: devices sign in no more, and of an account that is gone the files
 * go too, from every conversation. Done again, it is done.
 */
public final class AccountEnd {
    private static final int AT_ONCE = 100;

    private final FileRegister files;
    private final DeviceRegister register;
    private final Library library;
    private final Devices devices;

    AccountEnd(FileRegister files, DeviceRegister register, Library library, Devices devices) {
        this.files = Objects.requireNonNull(files);
        this.register = Objects.requireNonNull(register);
        this.library = Objects.requireNonNull(library);
        this.devices = Objects.requireNonNull(devices);
    }

    /** Takes one event; those about anything else are passed over. @throws dev.parley.kernel.ApiException 503: tell it again */
    public void accept(OutboxEvent event) {
        String userId = event.data().get("user_id");
        boolean gone = event.type().equals("account.deleted");
        if (userId == null || !gone && !event.type().equals("account.banned")) {
            return;
        }
        register.of(userId).stream()
                .filter(device -> gone || device.credential().isPresent())
                .forEach(devices::remove);
        if (gone) {
            List<String> some;
            do {
                some = files.filesOf(userId, AT_ONCE);
                some.forEach(library::remove);
            } while (!some.isEmpty());
        }
    }
}
