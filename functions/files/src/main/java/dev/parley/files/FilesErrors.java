package dev.parley.files;

import dev.parley.kernel.ErrorCode;

/** The refusals of this context. */
public enum FilesErrors implements ErrorCode {
    NO_FILE(404, "file.not_found", "There is no such file, or you may not read it."),
    NOT_READY(409, "file.not_ready", "The file is not ready: it is being uploaded or checked, or it was refused."),
    INCOMPLETE(409, "file.incomplete", "Parts of the file are missing: upload them first."),
    STATE(409, "file.state", "The file is past that: it was finished, refused or removed."),
    TOO_LARGE(413, "file.too_large", "The file is larger than files may be."),
    QUOTA(409, "file.quota", "There is no room for this file: remove others first."),
    NO_CONVERSATION(404, "conversation.not_found", "There is no such conversation, or you are not in it."),
    NO_DEVICE(404, "device.not_found", "There is no such device, or it is not yours."),
    TOO_MANY_DEVICES(409, "device.too_many", "This account has as many devices as it may have: remove one first."),
    CREDENTIAL(401, "device.credential", "The device or its credential is not known."),
    NO_PUSH(404, "push.not_found", "There is no such push, or it is not yours."),
    CALLED_BACK(410, "push.called_back", "The push was called back, or is over: throw away what was loaded."),
    HASH(409, "push.hash", "What was loaded is not the file: its SHA-256 is another."),
    PUSH_REUSED(409, "push.id_reused", "This client_push_id is that of a push of another file."),
    NOT_YOURS(403, "push.target", "A file is pushed to one's own devices, or to people."),
    NO_TARGET(422, "push.no_target", "The push has no target: nobody named is there."),
    TOO_MANY_TARGETS(422, "push.too_many", "The push would go to more devices than one push may.");

    private final int status;
    private final String code;
    private final String message;

    FilesErrors(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String message() {
        return message;
    }
}
