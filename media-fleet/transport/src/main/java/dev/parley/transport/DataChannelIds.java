package dev.parley.transport;

/** The data channels that both sides agree on outside the association. */
public final class DataChannelIds {
    /** Label {@code parley}: ordered and reliable. */
    public static final int PARLEY = 0;

    /** Label {@code parley-lossy}: unordered, sent once. */
    public static final int PARLEY_LOSSY = 1;

    private DataChannelIds() {}
}
