package dev.parley.signaling.function;

import dev.parley.platform.push.Push;
import dev.parley.platform.push.PushOutcome;
import dev.parley.signaling.Outlet;

/** Sends by API Gateway's @connections. A socket that is slow or out of reach for the moment is not gone. */
record GatewayOutlet(Push push) implements Outlet {
    @Override
    public boolean send(String connectionId, String text) {
        return push.send(connectionId, text) != PushOutcome.GONE;
    }

    @Override
    public void close(String connectionId) {
        push.close(connectionId);
    }
}
