package dev.parley.files;

/** What messaging reads to know whether a message may carry a file, and what the file is. A store that does not answer is 503 {@code store.unavailable}. */
public interface ShareNotes {
    /** Notes that a file is shared there. Done again, it is done. */
    void put(String conversationId, StoredFile file);

    /** Takes it back, if it was. */
    void remove(String conversationId, String fileId);
}
