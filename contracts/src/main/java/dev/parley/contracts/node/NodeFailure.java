package dev.parley.contracts.node;

/** What a media node answers when it refuses: the HTTP status says the kind, {@code code} is the API's stable code. */
public record NodeFailure(Failure error) {
    public record Failure(String code, String message) {}

    public static NodeFailure of(String code, String message) {
        return new NodeFailure(new Failure(code, message));
    }
}
