package io.colonnade.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.node.settings.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFolderTest {
    /** Locks the folder of the first name in another process, says so, and lives until its input ends. */
    static final class OtherProcess {
        public static void main(String[] args) throws IOException {
            try (var folder = NodeFolder.claim(Path.of(args[0]), args[1], new Random(1))) {
                System.out.println(folder.name());
                while (System.in.read() >= 0) {}
            }
        }
    }

    @TempDir
    Path data;

    @Test
    void keepsItsNameOverRestarts() throws IOException {
        var first = claim("");
        first.close();
        try (var second = claim("")) {
            assertThat(second.name()).isEqualTo(first.name()).matches("[a-z]+-[a-z]+");
            assertThat(second.path()).isEqualTo(data.resolve("nodes").resolve(first.name()));
        }
    }

    @Test
    void givesEachNodeAFolderOfItsOwn() throws IOException {
        try (var first = claim("");
                var second = claim("")) {
            assertThat(second.name()).isNotEqualTo(first.name());
        }
    }

    @Test
    void takesTheNameThatIsAskedFor() throws IOException {
        try (var folder = claim("blue")) {
            assertThat(folder.name()).isEqualTo("blue");
            assertThatThrownBy(() -> claim("blue"))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("a node named blue is already running on ");
        }
    }

    @Test
    void respectsTheLockOfAnotherProcessUntilItDies() throws IOException, InterruptedException {
        var other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        data.toString(),
                        "blue")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("blue");
            assertThatThrownBy(() -> claim("blue")).isInstanceOf(StartException.class);
            try (var mine = claim("")) {
                assertThat(mine.name()).isNotEqualTo("blue");
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (var mine = claim("blue")) {
            assertThat(mine.name()).isEqualTo("blue");
        }
    }

    @Test
    void givesFoldersToManyNodesThatStartAtOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<NodeFolder>> claims = Stream.generate(() -> (Callable<NodeFolder>) () -> claim(""))
                    .limit(16)
                    .toList();
            var folders = threads.invokeAll(claims).stream()
                    .map(NodeFolderTest::result)
                    .toList();
            assertThat(folders).extracting(NodeFolder::name).doesNotHaveDuplicates();
            for (var folder : folders) {
                folder.close();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void saysWhenTheDataDirectoryCannotBeWritten() throws IOException {
        var file = Files.writeString(data.resolve("file"), "");
        assertThatThrownBy(() -> NodeFolder.claim(file, "", new Random(1)))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("the data directory " + file + " cannot be written")
                .hasMessageEndingWith("choose another with --data");
    }

    private NodeFolder claim(String name) {
        return NodeFolder.claim(data, name, new Random());
    }

    private static NodeFolder result(Future<NodeFolder> claimed) {
        try {
            return claimed.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }
}
