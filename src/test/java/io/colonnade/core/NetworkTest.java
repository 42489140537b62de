package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2",
        "10.0.0.0/8, 10.0.0.0",
        "172.16.0.0/12, 172.31.255.255",
        "192.168.1.7, 192.168.1.7",
        "192.168.1.7/32, 192.168.1.7",
        "192.168.1.9/29, 192.168.1.15",
        "0.0.0.0/0, 203.0.113.1",
        "fd00::/8, fdff::1",
        "2001:db8::/33, 2001:db8:7fff::1",
        "::1, ::1",
        "::/0, 2001:db8::1"
    })
    void containsWhatBeginsWithItsBits(String network, String address) {
        assertThat(Network.parse(network).contains(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.0",
        "172.16.0.0/12, 172.32.0.0",
        "172.16.0.0/12, 172.15.255.255",
        "192.168.1.7, 192.168.1.6",
        "192.168.1.9/29, 192.168.1.16",
        "2001:db8::/33, 2001:db8:8000::1",
        "::1, ::2"
    })
    void doesNotContainItsNeighbours(String network, String address) {
        assertThat(Network.parse(network).contains(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0/0, ::1", "::/0, 127.0.0.1", "0.0.0.0/0, example.com", "0.0.0.0/0, 10.0.0", "0.0.0.0/0, unknown"
    })
    void containsNoAddressOfTheOtherFamilyAndNothingElse(String network, String text) {
        assertThat(Network.parse(network).contains(text)).isFalse();
    }

    @Test
    void comparesTheBytesOfAnAddressAsItsText() {
        var network = Network.parse("10.1.0.0/16");
        assertThat(network.contains(new byte[] {10, 1, (byte) 200, 1})).isTrue();
        assertThat(network.contains(new byte[] {10, 2, (byte) 200, 1})).isFalse();
        assertThat(network.contains(new byte[16])).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8.0",
                "10.0.0/8",
                "::/129",
                "::/x",
                "localhost"
            })
    void refusesWhatIsNeither(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is none; allowed are IP addresses and networks such as 10.0.0.0/8");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, ::ffff:10.1.2.3, true", "::ffff:10.0.0.0/104, 10.1.2.3, true", "::ffff:10.0.0.1, 10.0.0.1, true",
        "::ffff:10.0.0.0/104, 11.0.0.1, false", "::/0, 10.0.0.1, false", "0.0.0.0/0, ::ffff:10.0.0.1, true"
    })
    void takesAMappedAddressForTheOneOfIpv4(String network, String ip, boolean within) {
        assertThat(Network.parse(network).contains(ip)).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource({
        "::1, ::1",
        "0:0:0:0:0:ffff:7f00:1, 127.0.0.1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "10.0.0.1, 10.0.0.1"
    })
    void writesAnAddressInItsOneForm(String address, String text) throws Exception {
        assertThat(Network.text(InetAddress.getByName(address))).isEqualTo(text);
    }

    @Test
    void writesNoZone() throws Exception {
        var bytes = InetAddress.getByName("fe80::1").getAddress();
        assertThat(Network.text(Inet6Address.getByAddress("", bytes, 1))).isEqualTo("fe80::1");
        var mapped = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        assertThat(Network.text(Inet6Address.getByAddress("", mapped, 0))).isEqualTo("127.0.0.1");
    }
}
