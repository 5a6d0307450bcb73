package dev.parley.node.rooms;

/** A request the node does not grant, with the API's stable code. Carries no stack trace. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of refusal and their codes. */
    public enum Kind {
        /** The request is not what the API takes. */
        INVALID(400, "request.invalid"),
        /** The control plane's own token is missing or wrong. */
        NODE_TOKEN(401, "node.token"),
        /** The participant's media token is wrong or over. */
        MEDIA_TOKEN(401, "media.token"),
        /** Kicked or banned. */
        NOT_ADMITTED(403, "media.not_admitted"),
        /** No such path. */
        NOT_FOUND(404, "request.not_found"),
        /** No such method here. */
        METHOD(405, "request.method"),
        /** The session does not exist. */
        NO_SESSION(404, "media.session"),
        /** The session is not the caller's, or cannot do this. */
        SESSION(409, "media.session"),
        /** The room is elsewhere now. */
        MOVED(409, "media.moved"),
        /** The body is too large. */
        TOO_LARGE(413, "request.too_large"),
        /** No session can be made of the offer. */
        UNUSABLE(422, "sdp.unusable"),
        /** No room for more. */
        FULL(503, "fleet.full"),
        /** The room is not here, and no new one is taken; another node may. */
        NO_NEW_ROOMS(503, "node.no_new_rooms"),
        /** Busy or stopping. */
        UNAVAILABLE(503, "fleet.unavailable");

        private final int status;
        private final String code;

        Kind(int status, String code) {
            this.status = status;
            this.code = code;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** The stable code. */
        public String code() {
            return code;
        }
    }

    private final Kind kind;

    public Refusal(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
