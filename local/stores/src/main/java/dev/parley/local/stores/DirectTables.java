package dev.parley.local.stores;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.embedded.DDBExceptionMappingInvocationHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;

/**
 * A DynamoDB client that calls DynamoDB Local where its HTTP server would, with the same requests, results and exceptions: what is left
 * away is the SDK's pipeline, the signature, HTTP and JSON on both sides, four fifths of a call's processor time. While the tables are to
 * misbehave it goes over HTTP, where that is made.
 */
final class DirectTables implements InvocationHandler {
    private static final String ACCESS_KEY = "local";
    private static final String REGION = "us-east-1";

    /** By the request's type, which is unlike any other's. */
    private static final Map<Class<?>, Method> CALLS = Arrays.stream(LocalDynamoDBRequestHandler.class.getMethods())
            .filter(method -> method.getParameterCount() == 3)
            .filter(method -> AwsRequest.class.isAssignableFrom(method.getParameterTypes()[2]))
            .filter(method -> !method.isBridge())
            .collect(Collectors.toUnmodifiableMap(method -> method.getParameterTypes()[2], Function.identity()));

    private final LocalDynamoDBRequestHandler tables;
    private final SdkClient overHttp;
    private final BooleanSupplier calm;

    private DirectTables(LocalDynamoDBRequestHandler tables, SdkClient overHttp, BooleanSupplier calm) {
        this.tables = Objects.requireNonNull(tables);
        this.overHttp = Objects.requireNonNull(overHttp);
        this.calm = Objects.requireNonNull(calm);
    }

    /**
     * A client of the tables or of their streams.
     *
     * @param type the client's interface
     * @param calm whether tables behave
     */
    static <C extends SdkClient> C of(
            Class<C> type, LocalDynamoDBRequestHandler tables, C overHttp, BooleanSupplier calm) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new DirectTables(tables, overHttp, calm)));
    }

    @Override
    public Object invoke(Object self, Method method, Object[] given) throws Throwable {
        if (given != null && given.length == 1 && given[0] instanceof AwsRequest request) {
            Method call = CALLS.get(request.getClass());
            boolean answers = call != null && method.getReturnType().isAssignableFrom(call.getReturnType());
            if (answers) {
                return calm.getAsBoolean() ? direct(call, request) : call(method, overHttp, given);
            }
        }
        if (method.getName().equals("close")) {
            // Whoever has it shares it with everybody of this process.
            return null;
        }
        return method.isDefault() && given != null
                ? InvocationHandler.invokeDefault(self, method, given)
                : call(method, overHttp, given);
    }

    private Object direct(Method call, AwsRequest request) throws Throwable {
        try {
            return call(call, tables, ACCESS_KEY, REGION, request);
        } catch (DynamoDBLocalServiceException e) {
            throw asOverHttp(e);
        }
    }

    private static Throwable asOverHttp(DynamoDBLocalServiceException local) {
        try {
            DDBExceptionMappingInvocationHandler.handleDynamoDBLocalServiceException(local);
            return local;
        } catch (ConditionalCheckFailedException e) {
            // The library's own conversion loses what is empty.
            return local.getItem() == null
                    ? e
                    : e.toBuilder().item(items(local.getItem())).build();
        } catch (Throwable e) { // whatever the library makes of it
            return e;
        }
    }

    private static Map<String, AttributeValue> items(
            Map<String, software.amazon.dynamodb.services.local.shared.model.AttributeValue> local) {
        Map<String, AttributeValue> values = new HashMap<>();
        local.forEach((name, value) -> values.put(name, value(value)));
        return values;
    }

    private static AttributeValue value(software.amazon.dynamodb.services.local.shared.model.AttributeValue local) {
        if (local.getM() != null) {
            return AttributeValue.fromM(items(local.getM()));
        }
        if (local.getL() != null) {
            return AttributeValue.fromL(
                    local.getL().stream().map(DirectTables::value).toList());
        }
        return DDBExceptionMappingInvocationHandler.convertAttributeValue(local);
    }

    private static Object call(Method method, Object target, Object... given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
