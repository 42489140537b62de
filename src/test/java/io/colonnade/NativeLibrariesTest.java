package io.colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.condition.OS.LINUX;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import io.netty.handler.ssl.OpenSsl;
import io.netty.util.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

/** The native libraries that the jar carries are loaded, and are of the version that Netty's classes around them expect. */
@EnabledOnOs(value = LINUX, architectures = "amd64")
class NativeLibrariesTest {

    @Test
    void epollIsAvailable() {
        assertThat(Epoll.unavailabilityCause()).isNull();
    }

    @Test
    void boringSslIsAvailable() {
        assertThat(OpenSsl.unavailabilityCause()).isNull();
    }

    /** {@link Epoll#isAvailable()} does not notice that the library lacks an error number; the first failed system call does. */
    @Test
    void epollKnowsAllErrorNumbers() {
        assertThatCode(() -> Errors.newIOException("connect", Errors.ERRNO_ECONNRESET_NEGATIVE))
                .doesNotThrowAnyException();
    }

    @Test
    void epollAndTheClassesAroundItHaveOneVersion() {
        var versions = Version.identify(getClass().getClassLoader());
        assertThat(versions.get("netty-transport-native-epoll").artifactVersion())
                .isEqualTo(versions.get("netty-transport-classes-epoll").artifactVersion())
                .isEqualTo(versions.get("netty-transport-native-unix-common").artifactVersion());
    }
}
