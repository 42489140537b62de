package io.colonnade.store.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 120 MiB: writes are refused below 10 MiB, and the reserve has 15 MiB. */
class DiskSpaceTest {
    private static final long MIB = 1 << 20;

    private Path reserve;
    private long others;
    private DiskSpace space;

    @BeforeEach
    void make(@TempDir Path folder) {
        reserve = folder.resolve("reserve");
        space = new DiskSpace(reserve, new DiskSpace.Measure() {
            @Override
            public long total() {
                return 120 * MIB;
            }

            @Override
            public long usable() throws IOException {
                return 120 * MIB - others - (Files.exists(reserve) ? Files.size(reserve) : 0);
            }
        });
    }

    @Test
    void aReserveIsMadeWhereThereIsSpaceForIt() throws IOException {
        assertThat(space.isFull()).isFalse();
        assertThat(reserve).hasSize(15 * MIB);

        assertThat(space.isFull()).isFalse();
    }

    @Test
    void withoutSpaceForAReserveWritesGoOnWhileThereIsSomeLeft() throws IOException {
        others = 100 * MIB;

        assertThat(space.isFull()).isFalse();
        assertThat(reserve).doesNotExist();
    }

    @Test
    void writesAreRefusedBeforeTheReserveIsGivenUp() throws IOException {
        space.isFull();
        others = 97 * MIB;
        assertThat(space.isFull()).isTrue();
        assertThat(reserve).exists();

        others = 101 * MIB;
        assertThat(space.isFull()).isTrue();
        assertThat(reserve).doesNotExist();
    }

    @Test
    void healsWhenTheReserveCanBeMadeAgain() throws IOException {
        space.isFull();
        others = 104 * MIB;
        space.isFull();
        others = 95 * MIB;
        assertThat(space.isFull()).isTrue();
        assertThat(reserve).doesNotExist();

        others = 90 * MIB;
        assertThat(space.isFull()).isFalse();
        assertThat(reserve).exists();
    }

    @Test
    void doesNotHealForALittle() throws IOException {
        space.isFull();
        others = 97 * MIB;
        assertThat(space.isFull()).isTrue();
        others = 94 * MIB;
        assertThat(space.isFull()).isTrue();

        others = 90 * MIB;
        assertThat(space.isFull()).isFalse();
    }

    @Test
    void aServerThatCouldNotStartGetsTheReserve() throws IOException {
        space.isFull();
        others = 90 * MIB;
        space.makeRoomForStart();
        assertThat(reserve).exists();

        others = 92 * MIB;
        space.makeRoomForStart();
        assertThat(reserve).doesNotExist();
    }
}
