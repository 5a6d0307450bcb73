package dev.parley.local.queues;

/** A request that SQS would refuse, with the code its clients know. */
final class QueueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String shape;
    private final String queryCode;

    private QueueException(String shape, String queryCode, String message) {
        super(message);
        this.shape = shape;
        this.queryCode = queryCode;
    }

    static QueueException missingQueue(String name) {
        return new QueueException(
                "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", "There is no queue " + name);
    }

    static QueueException exists(String name) {
        return new QueueException(
                "QueueNameExists", "QueueAlreadyExists", "The queue " + name + " is there with other attributes");
    }

    static QueueException notInFlight() {
        return new QueueException(
                "MessageNotInflight",
                "AWS.SimpleQueueService.MessageNotInflight",
                "The message is not with a receiver, or with another");
    }

    static QueueException of(String code, String message) {
        return new QueueException(code, code, message);
    }

    static QueueException value(String parameter, String message) {
        return of("InvalidParameterValue", "Value for parameter " + parameter + " is invalid: " + message);
    }

    static QueueException missing(String parameter) {
        return of("MissingParameter", "The request must contain the parameter " + parameter);
    }

    /** The error's name in the JSON protocol. */
    String shape() {
        return shape;
    }

    /** The error's name in the older query protocol, which clients report. */
    String queryCode() {
        return queryCode;
    }
}
