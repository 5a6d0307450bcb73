package dev.parley.platform.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.context.config.SmartCompositeMessageConverter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Spring Cloud Function's catalog with the one function of a jar in it, which takes an event as a stream and gives bytes. It stands by itself, without
 * an application context: nothing else would be in it.
 */
final class Catalog {
    private static final String NAME = "function";

    private final FunctionInvocationWrapper function;

    Catalog(Function<byte[], byte[]> handler) {
        SimpleFunctionRegistry registry = new SimpleFunctionRegistry(
                new GenericConversionService(),
                new SmartCompositeMessageConverter(List.of(new ByteArrayMessageConverter())),
                new StreamsOnly());
        Function<Message<InputStream>, Message<byte[]>> served = event -> served(handler, event);
        registry.register(new FunctionRegistration<>(served, NAME)
                .type(ResolvableType.forClassWithGenerics(
                                Function.class,
                                ResolvableType.forClassWithGenerics(Message.class, InputStream.class),
                                ResolvableType.forClassWithGenerics(Message.class, byte[].class))
                        .getType()));
        function = registry.lookup(NAME);
    }

    private static Message<byte[]> served(Function<byte[], byte[]> handler, Message<InputStream> event) {
        try (InputStream stream = event.getPayload()) {
            return MessageBuilder.withPayload(handler.apply(stream.readAllBytes()))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("The event could not be read", e);
        }
    }

    /** The function's answer to one event. */
    byte[] answer(InputStream event) {
        Message<?> reply =
                (Message<?>) function.apply(MessageBuilder.withPayload(event).build());
        return (byte[]) reply.getPayload();
    }
}
