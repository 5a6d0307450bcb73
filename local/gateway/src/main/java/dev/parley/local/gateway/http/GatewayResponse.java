package dev.parley.local.gateway.http;

/** What API Gateway answers by itself, with its texts and its {@code x-amzn-ErrorType}. */
public enum GatewayResponse {
    BAD_REQUEST(400, "Bad Request", "BadRequestException"),
    UNAUTHORIZED(401, "Unauthorized", "UnauthorizedException"),
    ACCESS_DENIED(403, "User is not authorized to access this resource", "AccessDeniedException"),
    MISSING_AUTHENTICATION_TOKEN(403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
    REQUEST_TOO_LARGE(413, "Request Too Long", "RequestTooLargeException"),
    UPGRADE_REQUIRED(426, "Upgrade Required", "UpgradeRequiredException"),
    THROTTLED(429, "Too Many Requests", "TooManyRequestsException"),
    INTERNAL(500, "Internal server error", "InternalServerErrorException"),
    BAD_INTEGRATION(502, "Internal server error", "InternalServerErrorException"),
    INTEGRATION_TIMEOUT(504, "Endpoint request timed out", "GatewayTimeoutException");

    private final int status;
    private final String message;
    private final String errorType;

    GatewayResponse(int status, String message, String errorType) {
        this.status = status;
        this.message = message;
        this.errorType = errorType;
    }

    public int status() {
        return status;
    }

    public String errorType() {
        return errorType;
    }

    /** {@code {"message":"..."}}. */
    public String body() {
        return "{\"message\":\"" + message + "\"}";
    }
}
