package dev.parley.checks.api;

import dev.parley.kernel.ErrorCode;
import dev.parley.kernel.Errors;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the contract says of one route beyond its method and address, which are the template's. */
public final class Endpoint {
    /** Who may ask. */
    public enum Caller {
        ANYBODY,
        GUEST,
        USER,
        MODERATOR,
        ADMIN
    }

    /** How a reply's {@code data} holds the type. */
    enum Form {
        /** {@code data} is absent. */
        NOTHING,
        ONE,
        LIST,
        /** One page of a list, with its place in it. */
        PAGE,
        /** A body of its own, without the envelope. */
        RAW
    }

    /**
     * One answer that is no refusal.
     *
     * @param type of {@code data} or of its entries; of a raw body, null for text
     * @param mediaType of the whole reply
     */
    record Reply(int status, Form form, Type type, String mediaType, String text) {}

    /** @param schema a JSON Schema type: {@code string}, {@code integer}, {@code boolean} */
    record Query(String name, String schema, String text, boolean required) {}

    final String tag;
    final String summary;
    final Caller caller;
    final List<Reply> replies = new ArrayList<>();
    final List<Query> query = new ArrayList<>();
    final Set<ErrorCode> errors = new LinkedHashSet<>();
    Class<?> body;
    boolean bodyRequired;
    List<String> rawBodies = List.of();

    private Endpoint(String tag, String summary, Caller caller) {
        this.tag = tag;
        this.summary = summary;
        this.caller = caller;
        if (caller != Caller.ANYBODY) {
            fails(Errors.TOKEN_MISSING, Errors.TOKEN_INVALID, Errors.TOKEN_EXPIRED, Errors.TOKEN_REVOKED);
        }
        if (caller != Caller.ANYBODY && caller != Caller.GUEST) {
            fails(Errors.FORBIDDEN);
        }
        fails(Errors.BODY_TOO_LARGE, Errors.INTERNAL, Errors.STORE_UNAVAILABLE);
    }

    /** @param summary one sentence without its full stop: what the route does */
    static Endpoint of(String tag, String summary, Caller caller) {
        return new Endpoint(tag, summary, caller);
    }

    /** A JSON body that must be there. */
    Endpoint takes(Class<?> type) {
        mayTake(type);
        bodyRequired = true;
        return this;
    }

    /** A JSON body that may be left out. */
    Endpoint mayTake(Class<?> type) {
        body = type;
        return fails(Errors.REQUEST_UNREADABLE, Errors.REQUEST_INVALID, Errors.MEDIA_TYPE);
    }

    /** The body is the thing itself. */
    Endpoint takesRaw(String... mediaTypes) {
        rawBodies = List.of(mediaTypes);
        bodyRequired = true;
        return this;
    }

    Endpoint gives(Type type) {
        return gives(200, Form.ONE, type);
    }

    Endpoint makes(Type type) {
        return gives(201, Form.ONE, type);
    }

    Endpoint givesList(Type type) {
        return gives(200, Form.LIST, type);
    }

    Endpoint givesPage(Type type) {
        return gives(200, Form.PAGE, type);
    }

    Endpoint givesNothing() {
        return gives(200, Form.NOTHING, null);
    }

    Endpoint gives(int status, Form form, Type type) {
        replies.add(new Reply(status, form, type, "application/json", "As asked."));
        return this;
    }

    Endpoint givesRaw(String mediaType, String text) {
        replies.add(new Reply(200, Form.RAW, null, mediaType, text));
        return this;
    }

    /** {@code page} and {@code page_size}. */
    Endpoint paged() {
        return pagedByItself().fails(Errors.REQUEST_INVALID);
    }

    /** As {@link #paged}, with refusals of its own. */
    Endpoint pagedByItself() {
        return asksByItself("page", "integer", "1, 2, 3 …; 1 when absent")
                .asksByItself("page_size", "integer", "1 to 100; 20 when absent");
    }

    Endpoint asks(String name, String schema, String text) {
        return asksByItself(name, schema, text).fails(Errors.REQUEST_INVALID);
    }

    /** As {@link #asks}; what the name may not be has a refusal of its own, or there is nothing that it may not be. */
    Endpoint asksByItself(String name, String schema, String text) {
        query.add(new Query(name, schema, text, false));
        return this;
    }

    Endpoint needs(String name, String schema, String text) {
        query.add(new Query(name, schema, text, true));
        return this;
    }

    /** It asks no store, so that none can be away. */
    Endpoint withoutStores() {
        errors.remove(Errors.STORE_UNAVAILABLE);
        return this;
    }

    Endpoint fails(ErrorCode... codes) {
        errors.addAll(List.of(codes));
        return this;
    }
}
