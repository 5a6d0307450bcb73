package dev.parley.rtp.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes: flips, extreme values, cuts, insertions, copies within and between inputs. */
class Mutator {
    private static final int MAX_LENGTH = 4096;
    private static final int[] EXTREMES = {0, 1, 0x7F, 0x80, 0xFF, 0x10, 0x40, 0xBE, 0x20};

    final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] next(List<byte[]> corpus) {
        byte[] input = pick(corpus).clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            input = change(input, corpus);
        }
        return input;
    }

    byte[] change(byte[] input, List<byte[]> corpus) {
        if (input.length == 0) {
            return pick(corpus).clone();
        }
        int at = random.nextInt(input.length);
        switch (random.nextInt(8)) {
            case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> input[at] = (byte) EXTREMES[random.nextInt(EXTREMES.length)];
            case 2 -> input[at] = (byte) random.nextInt();
            case 3 -> input[at] += (byte) (random.nextInt(9) - 4);
            case 4 -> {
                return Arrays.copyOf(input, at);
            }
            case 5 -> {
                return splice(input, at, input, random.nextInt(input.length));
            }
            case 6 -> {
                byte[] other = pick(corpus);
                return other.length == 0 ? input : splice(input, at, other, random.nextInt(other.length));
            }
            default -> {
                byte[] longer = Arrays.copyOf(input, Math.min(MAX_LENGTH, input.length + 1 + random.nextInt(40)));
                for (int i = input.length; i < longer.length; i++) {
                    longer[i] = (byte) random.nextInt();
                }
                return longer;
            }
        }
        return input;
    }

    /** The head of one input up to {@code at}, then the tail of another from {@code from}. */
    byte[] splice(byte[] head, int at, byte[] tail, int from) {
        int length = Math.min(MAX_LENGTH, at + tail.length - from);
        byte[] joined = Arrays.copyOf(head, length);
        System.arraycopy(tail, from, joined, Math.min(at, length), Math.max(0, length - at));
        return joined;
    }

    byte[] pick(List<byte[]> corpus) {
        return corpus.get(random.nextInt(corpus.size()));
    }
}
