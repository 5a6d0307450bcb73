package dev.parley.transport.ice;

import dev.parley.rtp.stun.StunKey;
import dev.parley.transport.udp.RemoteAddress;

/**
 * One session's side of ICE as a lite agent (RFC 8445 section 2.5): it answers checks, remembers which addresses proved
 * to know the password, and sends to the one nominated last, so that a peer that moves takes its session along.
 *
 * <p>Belongs to the media agent's thread. It never sends by itself and never looks at a clock.
 */
public final class LiteAgent {
    /** Addresses of one peer that may be valid at once: its interfaces times two families, with room to move. */
    static final int MAX_VALID_ADDRESSES = 8;

    private static final long NEVER = Long.MIN_VALUE;

    private final RemoteAddress[] valid = new RemoteAddress[MAX_VALID_ADDRESSES];
    private int validCount;
    private RemoteAddress selected;
    private long ufrag;
    private StunKey key;
    private long previousUfrag = LocalUfrag.NONE;
    private StunKey previousKey;
    private long lastCheckNanos = NEVER;

    /** An agent with its first credentials. */
    public LiteAgent(IceCredentials local) {
        this.ufrag = LocalUfrag.pack(local.ufrag());
        this.key = new StunKey(local.password());
    }

    /** Takes new credentials; the old ones work until the first valid check with the new. Answers the fragment given up now, or NONE. */
    public long restart(IceCredentials local) {
        long givenUp = previousUfrag;
        previousUfrag = ufrag;
        previousKey = key;
        ufrag = LocalUfrag.pack(local.ufrag());
        key = new StunKey(local.password());
        return givenUp;
    }

    /** The password that goes with one of our fragments, or null. */
    public StunKey keyOf(long localUfrag) {
        if (localUfrag == ufrag) {
            return key;
        }
        return localUfrag == previousUfrag ? previousKey : null;
    }

    /** Our current fragment. */
    public long ufrag() {
        return ufrag;
    }

    /** The fragment before the last restart while it still works, or NONE. */
    public long previousUfrag() {
        return previousUfrag;
    }

    /**
     * Notes a check whose integrity was verified.
     *
     * @return the fragment that ends with this check, because it came with the new one; or NONE
     */
    public long checked(long localUfrag, long nowNanos) {
        lastCheckNanos = nowNanos;
        if (localUfrag != ufrag || previousUfrag == LocalUfrag.NONE) {
            return LocalUfrag.NONE;
        }
        long ended = previousUfrag;
        previousUfrag = LocalUfrag.NONE;
        previousKey = null;
        return ended;
    }

    /** Whether there was a valid check at all. */
    public boolean wasChecked() {
        return lastCheckNanos != NEVER;
    }

    /** When the last valid check came; only when {@link #wasChecked}. */
    public long lastCheckNanos() {
        return lastCheckNanos;
    }

    /**
     * Adds an address that proved valid.
     *
     * @return the address that had to make room for it, or null
     */
    public RemoteAddress addValid(RemoteAddress address) {
        if (validCount < MAX_VALID_ADDRESSES) {
            valid[validCount++] = address;
            return null;
        }
        int oldest = valid[0] == selected ? 1 : 0;
        RemoteAddress evicted = valid[oldest];
        System.arraycopy(valid, oldest + 1, valid, oldest, validCount - oldest - 1);
        valid[validCount - 1] = address;
        return evicted;
    }

    /** Forgets an address that went to somebody else. */
    public void removeValid(RemoteAddress address) {
        for (int i = 0; i < validCount; i++) {
            if (valid[i] == address) {
                System.arraycopy(valid, i + 1, valid, i, validCount - i - 1);
                valid[--validCount] = null;
                break;
            }
        }
        if (selected == address) {
            selected = validCount == 0 ? null : valid[validCount - 1];
        }
    }

    /** Removes and answers one of the valid addresses, or null when there is none left. */
    public RemoteAddress takeValid() {
        selected = null;
        if (validCount == 0) {
            return null;
        }
        RemoteAddress address = valid[--validCount];
        valid[validCount] = null;
        return address;
    }

    /** The controlling side nominated the pair with this valid address. */
    public void nominate(RemoteAddress address) {
        selected = address;
    }

    /** Where to send, or null before the first nomination. */
    public RemoteAddress selected() {
        return selected;
    }
}
