package dev.parley.files;

import dev.parley.contracts.files.PushView;
import dev.parley.kernel.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Pushes and their deliveries, where they are kept. */
public interface PushRegister {
    /** What came of beginning a push. */
    sealed interface Begun {
        /** It stands, or stood before under the sender's name for it. */
        record Push(dev.parley.files.Push push, boolean fresh) implements Begun {}

        /** The file is not ready any more. */
        record NoFile() implements Begun {}

        /** It would go to more devices than one push may. */
        record TooMany() implements Begun {}
    }

    /** Writes a push and a delivery for every device of these people, and for these devices. @param most deliveries of one push */
    Begun begin(Push push, Collection<String> people, Collection<String> devices, int most);

    Optional<Push> find(String pushId);

    /** Those that an account sent, the newest first. */
    Envelope.Page<Push> page(String senderId, int page, int pageSize);

    PushView.Counts counts(String pushId);

    /** How many people it goes to who have no device. */
    int peopleWithoutDevice(String pushId);

    Envelope.Page<Delivery> deliveries(String pushId, int page, int pageSize);

    Optional<Delivery> delivery(String pushId, String deviceId);

    /** Changes a delivery, alone at it. @param change answers it as it is then, or nothing to leave it */
    Optional<Delivery> change(String pushId, String deviceId, Function<Delivery, Optional<Delivery>> change);

    /** What is still to be fetched by a device, and from whom. */
    record Pending(Push push, Delivery delivery) {}

    /** Open pushes that a device has not fetched, the oldest first. */
    List<Pending> pending(String deviceId, Instant now, int limit);

    /** Calls a push back. @return whether it was not before */
    boolean callBack(String pushId, Instant now);

    /** Who is told of a push: devices that are not done with it, by who holds their sockets; people without a device with none. */
    Map<String, List<String>> holders(String pushId);

    /** Everybody was told. */
    void noticed(String pushId);

    /** Pushes that were begun before and whose people were not all told. */
    List<String> unnoticed(Instant before, int limit);

    /** Whether the sender is to be told now of what happened: not when that was a moment ago, then it is noted. */
    boolean mayTell(String pushId, Instant now, Duration pause);

    /** Whether the sender is told, whenever that was last. */
    void told(String pushId, Instant now);

    /** Pushes of which something happened that the sender was not told. */
    List<String> untold(Instant before, int limit);

    /** Whether any push is {@link #unnoticed} or {@link #untold}, or will be. */
    boolean hasUntold();
}
