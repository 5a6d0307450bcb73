package dev.parley.platform.lambda;

import dev.parley.kernel.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * The one function of a jar. A context extends it in its {@code function} package, annotates the class with
 * {@code @SpringBootConfiguration(proxyBeanMethods = false)}, names it in the jar's {@code Start-Class} and wires itself in
 * {@link #wire}: that is the only place where its use cases meet their stores.
 */
public abstract class LambdaFunction implements ApplicationContextInitializer<GenericApplicationContext> {
    static final String BEAN = "function";

    /**
     * Wires the context. Called once, when the function starts, on a thread beside the one that Spring starts on.
     *
     * @param settings what this function was configured with
     * @return what it answers
     */
    protected abstract EventRouter wire(Settings settings);

    @Override
    public final void initialize(GenericApplicationContext context) {
        Supplier<EventRouter> router = Wiring.of(this);
        Function<Message<InputStream>, Message<byte[]>> function = message -> serve(router.get(), message);
        context.registerBean(
                BEAN,
                FunctionRegistration.class,
                () -> new FunctionRegistration<>(function, BEAN)
                        .type(ResolvableType.forClassWithGenerics(
                                        Function.class,
                                        ResolvableType.forClassWithGenerics(Message.class, InputStream.class),
                                        ResolvableType.forClassWithGenerics(Message.class, byte[].class))
                                .getType()));
        context.addBeanFactoryPostProcessor(beans -> {
            context.removeBeanDefinition(JsonMapper.class.getName());
            context.registerBean(JsonMapper.class, StreamsOnly::new);
        });
    }

    private static Message<byte[]> serve(EventRouter router, Message<InputStream> message) {
        try (InputStream event = message.getPayload()) {
            return MessageBuilder.withPayload(router.handle(event.readAllBytes()))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("The event could not be read", e);
        }
    }
}
