package dev.parley.transport;

import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.ice.BindingServer;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.ice.LocalUfrag;
import dev.parley.transport.ice.LongMap;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.udp.RemoteAddress;
import dev.parley.transport.udp.UdpEngine;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One media agent's UDP port and the sessions on it.
 *
 * <p>The thread that calls {@link #doWork} is the agent. It never waits there, and no datagram, however malformed, ends
 * it: what is wrong is counted and dropped. {@link #open}, {@link #wakeup} and {@link #counters} are for any thread.
 *
 * <p>Datagrams are told apart by their first byte (RFC 7983): STUN goes to the session that its fragment names, the rest
 * to the session whose valid check came from the same address.
 */
public final class MediaPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaPort.class);
    private static final long REMIND_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long GOODBYE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long GOODBYE_STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int COMMANDS = 4096;

    private final PortContext context;
    private final UdpEngine engine;
    private final Tally tally = new Tally();
    private final MpscRing<Runnable> commands = new MpscRing<>(COMMANDS);
    private final MpscRing<TransportSession> ready;
    private final AtomicLong nextId = new AtomicLong(1);
    private final AtomicInteger openSessions = new AtomicInteger();
    private volatile boolean sleeping;
    private volatile boolean wakeupWanted;
    private volatile boolean closed;

    // The agent's own.
    private final LongMap<TransportSession> byUfrag = new LongMap<>();
    private final List<TransportSession> sessions = new ArrayList<>();
    private final BindingServer binding = new BindingServer(byUfrag);
    private final HeldDatagrams held = new HeldDatagrams();
    private final UdpEngine.Receiver receiver = this::onDatagram;
    private long nowNanos;
    private long lastRemindNanos;
    private long lastSweepNanos;
    private long lastLogNanos;

    /**
     * A port on an open engine, which it closes with itself.
     *
     * @param random for credentials
     * @param nanoClock the clock whose readings {@link #doWork} is given; {@code System::nanoTime} but in tests
     */
    public MediaPort(
            MediaPortSettings settings,
            UdpEngine engine,
            DtlsIdentity identity,
            SrtpCrypto crypto,
            SecureRandom random,
            LongSupplier nanoClock) {
        this.context = new PortContext(settings, identity, crypto, random, nanoClock);
        this.engine = engine;
        this.ready = new MpscRing<>(settings.maxSessions() * 2);
        this.lastSweepNanos = nanoClock.getAsLong();
        this.lastRemindNanos = lastSweepNanos;
        this.lastLogNanos = lastSweepNanos - LOG_NANOS;
    }

    /**
     * Opens a session for a peer; its checks are answered from the agent's next duty cycle on. Any thread.
     *
     * @throws TransportException when the port is closed or has as many sessions as it may
     */
    public TransportSession open(SessionRequest request, TransportListener listener) {
        if (openSessions.incrementAndGet() > context.settings().maxSessions()) {
            openSessions.decrementAndGet();
            throw new TransportException(
                    "this port has its " + context.settings().maxSessions() + " sessions");
        }
        TransportSession session = new TransportSession(this, nextId.getAndIncrement(), request, listener, context);
        try {
            execute(() -> {
                if (session.state() == SessionState.CLOSED) {
                    // Closed before it was known here: it had no place to give back yet.
                    openSessions.decrementAndGet();
                } else {
                    sessions.add(session);
                    register(session.ice().ufrag(), session);
                }
            });
        } catch (TransportException e) {
            openSessions.decrementAndGet();
            throw e;
        }
        return session;
    }

    /** One duty cycle: commands, datagrams, the sessions' threads, timers. Answers how much there was to do. */
    public int doWork(long nowNanos) {
        this.nowNanos = nowNanos;
        int work = runCommands();
        work += engine.receive(receiver, context.settings().receiveBatch());
        work += drainSessions();
        if (nowNanos - lastRemindNanos >= REMIND_NANOS) {
            lastRemindNanos = nowNanos;
            remind();
        }
        if (nowNanos - lastSweepNanos >= SWEEP_NANOS) {
            lastSweepNanos = nowNanos;
            sweep();
        }
        engine.flush();
        return work;
    }

    /** Sends what {@link TransportSession#sendRtp} may have queued since the last duty cycle. */
    public void flush() {
        engine.flush();
    }

    /** Waits until there may be something to do: at most so long, or until {@link #wakeup}. */
    public void idle(long maxWaitNanos) {
        sleeping = true;
        if (!wakeupWanted && commands.isEmpty() && ready.isEmpty()) {
            engine.await(maxWaitNanos);
        }
        sleeping = false;
        wakeupWanted = false;
    }

    /** Ends a running or the next {@link #idle}. Any thread. */
    public void wakeup() {
        wakeupWanted = true;
        if (sleeping) {
            engine.wakeup();
        }
    }

    /** Where the port is bound. */
    public InetSocketAddress localAddress() {
        return engine.localAddress();
    }

    /** How datagrams are received and sent, for people. Any thread. */
    public String udp() {
        return engine.describe();
    }

    /** What it has counted so far. Any thread. */
    public PortCounters counters() {
        return tally.read(engine.counters(), openSessions.get());
    }

    /** Ends every session, gives them a moment to say goodbye, and closes the socket; the agent's last call. */
    @Override
    public void close() {
        closed = true;
        runCommands();
        for (TransportSession session : List.copyOf(sessions)) {
            guard(() -> session.end(CloseReason.PORT_CLOSED, "the port was closed"));
        }
        long deadlineNanos = context.nanoClock().getAsLong() + GOODBYE_NANOS;
        while (!sessions.isEmpty() && context.nanoClock().getAsLong() < deadlineNanos) {
            drainSessions();
            engine.flush();
            engine.await(GOODBYE_STEP_NANOS);
        }
        engine.close();
    }

    // ---- for the sessions

    UdpEngine engine() {
        return engine;
    }

    Tally tally() {
        return tally;
    }

    IceCredentials newCredentials() {
        return IceCredentials.generate(context.random());
    }

    /** Runs the command in the agent's next duty cycle. Any thread. */
    void execute(Runnable command) {
        if (closed) {
            throw new TransportException("the port is closed");
        }
        if (!commands.offer(command)) {
            throw new TransportException("the port's command queue is full");
        }
        wakeup();
    }

    /** The session's thread has something for the agent. Any thread. */
    void signal(TransportSession session) {
        ready.offer(session);
        if (sleeping) {
            engine.wakeup();
        }
    }

    void register(long ufrag, TransportSession session) {
        byUfrag.put(ufrag, session);
    }

    void unregister(long ufrag) {
        if (ufrag != LocalUfrag.NONE) {
            byUfrag.remove(ufrag);
        }
    }

    /** How many fragments lead to a session. The agent's thread. */
    int knownFragments() {
        return byUfrag.size();
    }

    void remove(TransportSession session) {
        if (sessions.remove(session)) {
            openSessions.decrementAndGet();
        }
    }

    // ---- the duty cycle

    private int runCommands() {
        int count = 0;
        Runnable command;
        while (count < COMMANDS && (command = commands.poll()) != null) {
            guard(command);
            count++;
        }
        return count;
    }

    private int drainSessions() {
        int count = 0;
        TransportSession session;
        while (count < context.settings().maxSessions() && (session = ready.poll()) != null) {
            try {
                session.drain(nowNanos);
            } catch (RuntimeException e) {
                failed(e);
            }
            count++;
        }
        return count;
    }

    private void remind() {
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).remind(nowNanos);
        }
    }

    private void sweep() {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            try {
                sessions.get(i).sweep(nowNanos);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    /** Whatever goes wrong in one session's work stays there. */
    private void guard(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        tally.add(Tally.Event.FAILURE);
        if (nowNanos - lastLogNanos >= LOG_NANOS) {
            lastLogNanos = nowNanos;
            LOG.error("unexpected failure on port {}", localAddress(), e);
        }
    }

    private void onDatagram(ByteBuffer buffer, int offset, int length, RemoteAddress from) {
        try {
            switch (DatagramKind.of(buffer, offset, length)) {
                case STUN -> onStun(buffer, offset, length, from);
                case DTLS -> onDtls(buffer, offset, length, from);
                case RTP -> onMedia(buffer, offset, length, false, from);
                case RTCP -> onMedia(buffer, offset, length, true, from);
                case UNKNOWN -> tally.add(Tally.Event.UNKNOWN_DATAGRAM);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void onStun(ByteBuffer buffer, int offset, int length, RemoteAddress from) {
        switch (binding.handle(buffer, offset, length, from)) {
            case VALID -> {
                tally.add(Tally.Event.STUN_VALID);
                binding.respond(engine, from);
                onValidCheck((TransportSession) binding.session(), from);
            }
            case REFUSED -> {
                tally.add(Tally.Event.STUN_REFUSED);
                binding.respond(engine, from);
            }
            case MALFORMED -> tally.add(Tally.Event.STUN_MALFORMED);
            case IGNORED -> tally.add(Tally.Event.STUN_IGNORED);
            case UNKNOWN_UFRAG -> tally.add(Tally.Event.STUN_UNKNOWN_UFRAG);
            case BAD_INTEGRITY -> tally.add(Tally.Event.STUN_BAD_INTEGRITY);
        }
    }

    private void onValidCheck(TransportSession session, RemoteAddress from) {
        RemoteAddress address = from.owner() == session ? from : adopt(session, from);
        session.onValidCheck(address, binding.localUfrag(), binding.nominates(), nowNanos);
    }

    /** Gives the address, which just proved to speak for this session, to it. */
    private RemoteAddress adopt(TransportSession session, RemoteAddress from) {
        RemoteAddress address = engine.keep(from);
        if (address.owner() instanceof TransportSession previous) {
            previous.lose(address);
        }
        address.owner(session);
        RemoteAddress evicted = session.ice().addValid(address);
        if (evicted != null) {
            session.lose(evicted);
            engine.release(evicted);
        }
        held.release(address.socketAddress(), nowNanos, datagram -> session.onDtls(datagram, address, nowNanos));
        return address;
    }

    private void onDtls(ByteBuffer buffer, int offset, int length, RemoteAddress from) {
        byte[] datagram = new byte[length];
        buffer.get(offset, datagram);
        if (from.owner() instanceof TransportSession session) {
            session.onDtls(datagram, from, nowNanos);
        } else {
            tally.add(Tally.Event.DTLS_HELD);
            held.hold(from.socketAddress(), datagram, nowNanos);
        }
    }

    private void onMedia(ByteBuffer buffer, int offset, int length, boolean isRtcp, RemoteAddress from) {
        if (from.owner() instanceof TransportSession session) {
            session.onMedia(buffer, offset, length, isRtcp, nowNanos);
        } else {
            tally.add(Tally.Event.MEDIA_UNKNOWN_ADDRESS);
        }
    }
}
