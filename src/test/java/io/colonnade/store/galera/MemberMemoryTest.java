package io.colonnade.store.galera;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Address;
import io.colonnade.core.PortRange;
import io.colonnade.store.galera.GaleraMember.Phase;
import io.colonnade.store.server.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberMemoryTest {
    private static final GaleraState DATA = new GaleraState("one", 9, false);
    private static final GaleraMember B = member("b", 2, Phase.PRIMARY, DATA);
    private static final GaleraMember C = member("c", 3, Phase.PRIMARY, DATA);

    @TempDir
    private Path folder;

    private MemberMemory memory;
    private GaleraMember self;

    @BeforeEach
    void open() throws IOException {
        memory = opened();
        self = memory.member(Phase.STOPPED, DATA);
    }

    @Test
    void remembersTheLastViewThatCouldDecideAlsoAfterARestart() throws IOException {
        decides(List.of(self.address(), B.address(), C.address()), List.of(self, B, C));
        assertThat(known()).containsOnlyKeys(self.identity(), "b", "c");

        decides(List.of(self.address(), B.address()), List.of(self, B));
        assertThat(known()).containsOnlyKeys(self.identity(), "b");

        memory = opened();
        assertThat(known()).containsOnlyKeys(self.identity(), "b");
    }

    @Test
    void countsInWhoeverIsAboutToJoin() throws IOException {
        var joining = member("c", 3, Phase.STARTED, GaleraState.NONE);

        decides(List.of(self.address()), List.of(self, joining));

        assertThat(known()).containsOnlyKeys(self.identity(), "c");
    }

    /** Of three nodes two die at once, and the shared map's entry with them; the server has not noticed yet. */
    @Test
    void forgetsNobodyWhileTheClusterHasNoRecordOfAllThatAreInTheView() throws IOException {
        var view = List.of(self.address(), B.address(), C.address());
        decides(view, List.of(self, B, C));

        memory.decides(view, new GaleraMembers(List.of(self)), List.of(self));

        assertThat(known()).containsOnlyKeys(self.identity(), "b", "c");
    }

    @Test
    void forgetsNobodyWhileItsServerDoesNotRun() throws IOException {
        decides(List.of(self.address(), B.address()), List.of(self, B));

        memory.waits(List.of(self, C));

        assertThat(known()).containsOnlyKeys(self.identity(), "b", "c");
        assertThat(memory.knowsNoneBut(List.of(self, C))).isFalse();
        assertThat(memory.knowsNoneBut(List.of(self, B, C))).isTrue();
    }

    @Test
    void aNodeWithoutDataIsNobodyToWaitFor() throws IOException {
        memory.waits(List.of(self, member("d", 4, Phase.STOPPED, GaleraState.NONE)));

        assertThat(known()).containsOnlyKeys(self.identity());
    }

    private void decides(List<Address> view, List<GaleraMember> present) throws IOException {
        memory.decides(view, new GaleraMembers(List.of(self, B, C)), present);
    }

    private Map<String, String> known() {
        return memory.member(Phase.STOPPED, DATA).known();
    }

    private MemberMemory opened() throws IOException {
        var database = new Database.Galera(
                folder, "a", "127.0.0.1", true, PortRange.ANY, Set::of, List.of(), new Database.Keys("", "", ""));
        return new MemberMemory(MemberDirectory.create(folder), database);
    }

    private static GaleraMember member(String identity, int port, Phase phase, GaleraState state) {
        var address = new Address("127.0.0.1", port);
        return new GaleraMember(identity, "on-" + identity, address, address, phase, state, Map.of());
    }
}
