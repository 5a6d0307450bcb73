package dev.parley.platform.calls;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses are somebody's on the public internet. Everything that reaches this machine, this network, a cloud's metadata or nobody
 * is not: see the registries of IANA for special addresses (RFC 6890), of IPv4 and IPv6.
 */
final class PublicAddresses {
    /** A block, as its first bytes and how many bits of them count. */
    private record Block(byte[] first, int bits) {
        static Block of(int bits, int... bytes) {
            byte[] first = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                first[i] = (byte) bytes[i];
            }
            return new Block(first, bits);
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (first[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> SPECIAL_4 = List.of(
            Block.of(8, 0), // this network
            Block.of(8, 10),
            Block.of(10, 100, 64), // behind a carrier's NAT
            Block.of(8, 127),
            Block.of(16, 169, 254), // link, and clouds' metadata
            Block.of(12, 172, 16),
            Block.of(24, 192, 0, 0),
            Block.of(24, 192, 0, 2),
            Block.of(24, 192, 88, 99),
            Block.of(16, 192, 168),
            Block.of(15, 198, 18),
            Block.of(24, 198, 51, 100),
            Block.of(24, 203, 0, 113),
            Block.of(4, 224), // groups
            Block.of(4, 240)); // reserved, and everybody

    /** What is handed out at all. */
    private static final Block GLOBAL_6 = Block.of(3, 0x20);

    private static final List<Block> SPECIAL_6 = List.of(
            Block.of(23, 0x20, 0x01, 0x00), // protocols, Teredo among them
            Block.of(32, 0x20, 0x01, 0x0d, 0xb8),
            Block.of(16, 0x20, 0x02), // 6to4: an IPv4 address inside
            Block.of(20, 0x3f, 0xff, 0x00));

    private PublicAddresses() {}

    /** An IPv4 address that is written as an IPv6 one is judged as what it is. */
    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address _ -> SPECIAL_4.stream().noneMatch(block -> block.contains(bytes));
            case Inet6Address _ ->
                GLOBAL_6.contains(bytes) && SPECIAL_6.stream().noneMatch(block -> block.contains(bytes));
            default -> false;
        };
    }
}
