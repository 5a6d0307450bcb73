package dev.parley.sfu.repair;

/** Whether any layer of a track may have something to ask its publisher for: looked at a hundred times a second, in place of every layer. */
public final class Asks {
    private boolean any;

    /** Something may be to be asked for. */
    public void raise() {
        any = true;
    }

    /** Whether that was so since the last {@link #settle}. */
    public boolean any() {
        return any;
    }

    /** All layers were looked at. */
    public void settle(boolean stillAny) {
        any = stillAny;
    }
}
