package dev.parley.rtp.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes: flips, extreme values, cuts, insertions, copies within and between inputs. */
class Mutator {
    static final int MAX_LENGTH = 4096;
    private static final int[] EXTREMES = {0, 1, 0x7F, 0x80, 0xFF, 0x10, 0x40, 0xBE, 0x20};

    private static final int NEW_WORDS_EVERY = 10_000;

    final Random random;
    private List<byte[]> words = List.of();
    private int changesToNewWords;

    Mutator(Random random) {
        this.random = random;
    }

    byte[] next(List<byte[]> corpus) {
        if (changesToNewWords-- == 0) {
            words = Words.noted();
            changesToNewWords = NEW_WORDS_EVERY;
        }
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
        switch (random.nextInt(10)) {
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
            case 7 -> number(input, at);
            case 8 -> {
                return words.isEmpty() ? input : word(input, at, words.get(random.nextInt(words.size())));
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

    /** Moves a number of two or four bytes by a little, or to a border. */
    private void number(byte[] input, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(input);
        if (at + 4 <= input.length && random.nextBoolean()) {
            buffer.putInt(at, random.nextInt(4) == 0 ? 1 << random.nextInt(32) : buffer.getInt(at) + near());
        } else if (at + 2 <= input.length) {
            buffer.putShort(
                    at, (short) (random.nextInt(4) == 0 ? 1 << random.nextInt(16) : buffer.getShort(at) + near()));
        }
    }

    private int near() {
        return random.nextInt(65) - 32;
    }

    /** Writes a word over the input, or between its bytes. */
    private byte[] word(byte[] input, int at, byte[] word) {
        byte[] head = Arrays.copyOf(input, at);
        byte[] changed = splice(head, at, word, 0);
        int rest = random.nextBoolean() ? at : Math.min(input.length, at + word.length);
        return splice(changed, changed.length, input, rest);
    }

    /** The head of one input up to {@code at}, then the tail of another from {@code from}. */
    byte[] splice(byte[] head, int at, byte[] tail, int from) {
        int length = Math.min(MAX_LENGTH, at + tail.length - from);
        byte[] joined = Arrays.copyOf(head, length);
        System.arraycopy(tail, from, joined, Math.min(at, length), Math.max(0, length - at));
        return joined;
    }

    byte[] pick(List<byte[]> corpus) {
        // Half of the time one of the newer inputs: what was found last leads on.
        int at = random.nextInt(corpus.size());
        return corpus.get(random.nextBoolean() ? at : Math.max(at, random.nextInt(corpus.size())));
    }
}
