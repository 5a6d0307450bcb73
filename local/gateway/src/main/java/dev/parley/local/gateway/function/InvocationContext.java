package dev.parley.local.gateway.function;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.parley.local.gateway.template.FunctionSpec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/** Lambda's context object for one invocation. */
final class InvocationContext implements Context {
    private final FunctionSpec spec;
    private final String requestId;
    private final long deadlineNanos;
    private final LongSupplier nanoClock;

    InvocationContext(FunctionSpec spec, String requestId, long deadlineNanos, LongSupplier nanoClock) {
        this.spec = spec;
        this.requestId = requestId;
        this.deadlineNanos = deadlineNanos;
        this.nanoClock = nanoClock;
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + spec.name();
    }

    @Override
    public String getLogStreamName() {
        return "local";
    }

    @Override
    public String getFunctionName() {
        return spec.name();
    }

    @Override
    public String getFunctionVersion() {
        return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:us-east-1:123456789012:function:" + spec.name();
    }

    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - nanoClock.getAsLong()));
    }

    @Override
    public int getMemoryLimitInMB() {
        return spec.memoryMb();
    }

    @Override
    public LambdaLogger getLogger() {
        var log = LoggerFactory.getLogger("function." + spec.name());
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                log.info("{}", message);
            }

            @Override
            public void log(byte[] message) {
                log.info("{}", new String(message, StandardCharsets.UTF_8));
            }
        };
    }
}
