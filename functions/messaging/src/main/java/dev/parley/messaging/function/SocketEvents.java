package dev.parley.messaging.function;

import dev.parley.kernel.SocketTicket;
import dev.parley.messaging.Messaging;
import dev.parley.platform.lambda.SocketEvent;
import dev.parley.platform.lambda.SocketHandler;
import dev.parley.platform.lambda.SocketReply;
import java.util.function.Supplier;

/** Frames about messages. Opening and closing sockets is the signaling function's. */
record SocketEvents(Supplier<Messaging> messaging) implements SocketHandler {
    @Override
    public SocketReply handle(SocketEvent event) {
        if (event.kind() == SocketEvent.Kind.MESSAGE) {
            messaging
                    .get()
                    .commands()
                    .frame(
                            event.connectionId(),
                            SocketTicket.fromFields(event.authorizer()),
                            event.body().orElse(""));
        }
        return SocketReply.ok();
    }
}
