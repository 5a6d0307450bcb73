package dev.parley.agent;

/**
 * A file that was pushed to this device.
 *
 * @param name as its sender has it: any text
 * @param size in bytes
 * @param sha256 lower-case hex, 64 digits
 * @param attempt which try of this device it is, from 1
 */
record Notice(String pushId, String fileId, String name, long size, String sha256, int attempt) {
    private static final int MOST_ATTEMPTS = 1_000_000;

    /** Of a frame, or of the list of what is pending; after a failure it is the next attempt. @throws IllegalArgumentException when it lacks something */
    static Notice of(Json json) {
        long told = Math.clamp(json.number("attempt"), 1, MOST_ATTEMPTS);
        var notice = new Notice(
                json.text("push_id"),
                json.text("file_id"),
                json.text("name"),
                json.number("size"),
                json.text("sha256"),
                (int) (json.text("state").equals("failed") ? told + 1 : told));
        if (!notice.pushId.matches("[A-Za-z0-9_-]{1,64}")
                || !notice.fileId.matches("[A-Za-z0-9_-]{1,64}")
                || !notice.sha256.matches("[0-9a-f]{64}")
                || notice.size < 0) {
            throw new IllegalArgumentException("no notice of a file: " + json);
        }
        return notice;
    }

    Notice again() {
        return new Notice(pushId, fileId, name, size, sha256, attempt + 1);
    }
}
