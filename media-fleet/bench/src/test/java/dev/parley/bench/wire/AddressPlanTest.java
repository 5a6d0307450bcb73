package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressPlanTest {
    @Test
    void everyTransportHasALoopbackAddressOfItsOwn() throws Exception {
        for (int index = 0; index < AddressPlan.CAPACITY; index++) {
            assertThat(AddressPlan.index(AddressPlan.address(index))).isEqualTo(index);
        }
        assertThat(AddressPlan.inet(AddressPlan.address(0))).isEqualTo(InetAddress.getByName("127.1.1.1"));
        assertThat(AddressPlan.inet(AddressPlan.address(254))).isEqualTo(InetAddress.getByName("127.1.2.1"));
        assertThat(AddressPlan.number(InetAddress.getByName("127.1.2.1"))).isEqualTo(AddressPlan.address(254));
    }

    @Test
    void otherAddressesAreNobodys() throws Exception {
        for (String other :
                new String[] {"10.1.1.1", "127.0.0.1", "127.1.0.1", "127.1.1.0", "127.1.255.1", "127.9.1.1"}) {
            assertThat(AddressPlan.index(AddressPlan.number(InetAddress.getByName(other))))
                    .as(other)
                    .isEqualTo(-1);
        }
    }
}
