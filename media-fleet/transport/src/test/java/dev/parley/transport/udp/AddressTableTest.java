package dev.parley.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTableTest {
    @Test
    void holdsExactlyWhatWasAddedAndNotRemoved() {
        AddressTable table = new AddressTable();
        Random random = new Random(7);
        List<BatchedAddress> inside = new ArrayList<>();
        List<BatchedAddress> outside = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (inside.isEmpty() || random.nextInt(5) < 3) {
                BatchedAddress address = new BatchedAddress(SocketAddressWords.AF_INET | (long) i << 16, 0, 0, 0);
                table.add(address);
                inside.add(address);
            } else {
                BatchedAddress gone = inside.remove(random.nextInt(inside.size()));
                table.remove(gone);
                table.remove(gone);
                outside.add(gone);
            }
        }
        assertThat(table.size()).isEqualTo(inside.size());
        assertThat(inside).allMatch(address -> table.get(address) == address);
        assertThat(outside).allMatch(address -> table.get(address) == null);
    }
}
