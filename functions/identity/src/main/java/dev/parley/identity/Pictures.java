package dev.parley.identity;

/** The pictures of accounts, and where they are kept. */
public interface Pictures {
    /**
     * Makes a small square of a picture that somebody sent, and keeps it under a new address.
     *
     * @param bytes PNG, JPEG or WebP, whatever the sender calls it
     * @return its address: a path of this site
     * @throws dev.parley.kernel.ApiException 415 {@code avatar.type}, 422 {@code avatar.dimensions} or {@code avatar.unreadable}, 503
     */
    String keep(Account account, byte[] bytes);

    /** Removes the account's present picture, if it is one of those kept here for it. */
    void forget(Account account);
}
