package io.colonnade.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

class BindTrialTest {
    private static final String HOST = "127.0.0.1";

    @Test
    void refusesAPortThatAnotherSocketListensOn() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = new Address(HOST, other.getLocalPort());
            assertThatThrownBy(() -> BindTrial.tcp(address, false)).isInstanceOf(BindException.class);
            assertThatThrownBy(() -> BindTrial.tcp(address, true)).isInstanceOf(BindException.class);
            assertThatCode(() -> BindTrial.udp(address)).doesNotThrowAnyException();
            other.close();
            assertThatCode(() -> BindTrial.tcp(address, false)).doesNotThrowAnyException();
        }
    }

    @Test
    void sharesAPortWithWhoSharesIt() throws IOException {
        try (var other = ServerSocketChannel.open()) {
            other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var address = new Address(HOST, ((InetSocketAddress) other.getLocalAddress()).getPort());
            assertThatCode(() -> BindTrial.tcp(address, true)).doesNotThrowAnyException();
            assertThatThrownBy(() -> BindTrial.tcp(address, false)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void refusesAUdpPortThatAnotherSocketHas() throws IOException {
        try (var other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var address = new Address(HOST, other.getLocalPort());
            assertThatThrownBy(() -> BindTrial.udp(address)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void refusesAnAddressOfAnotherMachine() {
        assertThatThrownBy(() -> BindTrial.tcp(new Address("198.51.100.1", 0), false))
                .isInstanceOf(IOException.class);
    }
}
