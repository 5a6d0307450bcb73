package dev.parley.sctp;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** One socket of Debian's usrsctp (the association of Firefox) through the Foreign Function API, packets in and out. */
final class Usrsctp implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/libusrsctp.so.2"),
            Path.of("/usr/lib/aarch64-linux-gnu/libusrsctp.so.2"));
    private static final int AF_CONN = 123;
    private static final int SOCK_STREAM = 1;
    private static final int IPPROTO_SCTP = 132;
    private static final int UNORDERED = 0x400;
    private static final int SENDV_SNDINFO = 1;
    private static final int RECVRCVINFO = 0x1F;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final java.lang.foreign.AddressLayout POINTER = ValueLayout.ADDRESS;

    /** A message it received. */
    record Message(int streamId, int payloadProtocol, byte[] payload) {}

    private static BlockingQueue<byte[]> outgoing;

    private final Arena arena = Arena.ofShared();
    private final SymbolLookup library;
    private final Linker linker = Linker.nativeLinker();
    private final MemorySegment address = MemorySegment.ofAddress(0x1234);
    private final MemorySegment socket;
    private final MethodHandle input;
    private final MethodHandle send;
    private final MethodHandle receive;

    static Optional<Path> library() {
        return PLACES.stream().filter(Files::exists).findFirst();
    }

    /** Opens a socket and sends INIT; packets it wants to send go to the queue. */
    Usrsctp(Path path, BlockingQueue<byte[]> packets) throws Throwable {
        outgoing = packets;
        library = SymbolLookup.libraryLookup(path, arena);
        MethodHandle output = MethodHandles.lookup()
                .findStatic(
                        Usrsctp.class,
                        "output",
                        MethodType.methodType(
                                int.class,
                                MemorySegment.class,
                                MemorySegment.class,
                                long.class,
                                byte.class,
                                byte.class));
        MemorySegment outputStub = linker.upcallStub(
                output,
                FunctionDescriptor.of(INT, POINTER, POINTER, LONG, ValueLayout.JAVA_BYTE, ValueLayout.JAVA_BYTE),
                Arena.global());
        function("usrsctp_init", FunctionDescriptor.ofVoid(ValueLayout.JAVA_SHORT, POINTER, POINTER))
                .invoke((short) 0, outputStub, MemorySegment.NULL);
        function("usrsctp_register_address", FunctionDescriptor.ofVoid(POINTER)).invoke(address);
        socket = (MemorySegment) function(
                        "usrsctp_socket", FunctionDescriptor.of(POINTER, INT, INT, INT, POINTER, POINTER, INT, POINTER))
                .invoke(
                        AF_CONN,
                        SOCK_STREAM,
                        IPPROTO_SCTP,
                        MemorySegment.NULL,
                        MemorySegment.NULL,
                        0,
                        MemorySegment.NULL);
        check(
                (int) function("usrsctp_set_non_blocking", FunctionDescriptor.of(INT, POINTER, INT))
                        .invoke(socket, 1),
                "set_non_blocking");
        MemorySegment on = arena.allocateFrom(INT, 1);
        check(
                (int) function("usrsctp_setsockopt", FunctionDescriptor.of(INT, POINTER, INT, INT, POINTER, INT))
                        .invoke(socket, IPPROTO_SCTP, RECVRCVINFO, on, 4),
                "setsockopt");
        FunctionDescriptor withAddress = FunctionDescriptor.of(INT, POINTER, POINTER, INT);
        check((int) function("usrsctp_bind", withAddress).invoke(socket, socketAddress(), 16), "bind");
        // A non-blocking connect is under way, which it says by an error.
        int ignored = (int) function("usrsctp_connect", withAddress).invoke(socket, socketAddress(), 16);
        input = function("usrsctp_conninput", FunctionDescriptor.ofVoid(POINTER, POINTER, LONG, ValueLayout.JAVA_BYTE));
        send = function(
                "usrsctp_sendv",
                FunctionDescriptor.of(LONG, POINTER, POINTER, LONG, POINTER, INT, POINTER, INT, INT, INT));
        receive = function(
                "usrsctp_recvv",
                FunctionDescriptor.of(
                        LONG, POINTER, POINTER, LONG, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER));
    }

    private MethodHandle function(String name, FunctionDescriptor descriptor) {
        return linker.downcallHandle(library.find(name).orElseThrow(), descriptor);
    }

    private MemorySegment socketAddress() {
        MemorySegment socketAddress = arena.allocate(16, 8);
        socketAddress.set(ValueLayout.JAVA_SHORT, 0, (short) AF_CONN);
        socketAddress.set(ValueLayout.JAVA_SHORT, 2, Short.reverseBytes((short) 5000));
        socketAddress.set(POINTER, 8, address);
        return socketAddress;
    }

    private static void check(int result, String what) {
        if (result != 0) {
            throw new IllegalStateException("usrsctp_" + what + " failed: " + result);
        }
    }

    static int output(MemorySegment to, MemorySegment buffer, long length, byte tos, byte dontFragment) {
        outgoing.add(buffer.reinterpret(length).toArray(ValueLayout.JAVA_BYTE));
        return 0;
    }

    void packet(byte[] packet) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment copy = call.allocateFrom(ValueLayout.JAVA_BYTE, packet);
            input.invoke(address, copy, (long) packet.length, (byte) 0);
        }
    }

    /** Sends a message; false while its buffer is full or it is not connected. */
    boolean send(int streamId, int payloadProtocol, byte[] payload, boolean ordered) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment copy = call.allocateFrom(ValueLayout.JAVA_BYTE, payload);
            MemorySegment info = call.allocate(16, 4);
            info.set(ValueLayout.JAVA_SHORT, 0, (short) streamId);
            info.set(ValueLayout.JAVA_SHORT, 2, (short) (ordered ? 0 : UNORDERED));
            info.set(INT, 4, Integer.reverseBytes(payloadProtocol));
            long sent = (long)
                    send.invoke(socket, copy, (long) payload.length, MemorySegment.NULL, 0, info, 16, SENDV_SNDINFO, 0);
            return sent == payload.length;
        }
    }

    /** The next part of a message it received, if any. */
    Optional<Message> receive() throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment buffer = call.allocate(300_000);
            MemorySegment from = call.allocate(64, 8);
            MemorySegment fromLength = call.allocateFrom(INT, 64);
            MemorySegment info = call.allocate(64, 8);
            MemorySegment infoLength = call.allocateFrom(INT, 64);
            MemorySegment infoType = call.allocate(INT);
            MemorySegment flags = call.allocate(INT);
            long length = (long)
                    receive.invoke(socket, buffer, 300_000L, from, fromLength, info, infoLength, infoType, flags);
            if (length <= 0) {
                return Optional.empty();
            }
            return Optional.of(new Message(
                    Short.toUnsignedInt(info.get(ValueLayout.JAVA_SHORT, 0)),
                    Integer.reverseBytes(info.get(INT, 8)),
                    buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    @Override
    public void close() {
        try {
            function("usrsctp_close", FunctionDescriptor.ofVoid(POINTER)).invoke(socket);
            function("usrsctp_deregister_address", FunctionDescriptor.ofVoid(POINTER))
                    .invoke(address);
        } catch (Throwable e) {
            throw new IllegalStateException("usrsctp does not close", e);
        }
    }
}
