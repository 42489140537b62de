package io.colonnade.node;

import io.colonnade.core.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The URLs of admin ports, which nodes keep in their folders while they run, so that the commands find them. Blocks on the disk. */
public final class AdminUrls {
    private static final String FILE = "admin.url";

    private AdminUrls() {}

    /** The URLs of the nodes that run on a data directory; also of those that ended without a stop. */
    public static List<String> in(Path data) throws IOException {
        var urls = new ArrayList<String>();
        for (var folder : NodeFolder.existing(data.resolve("nodes"))) {
            var file = folder.resolve(FILE);
            if (Files.isReadable(file)) {
                urls.add(Files.readString(file).strip());
            }
        }
        return urls;
    }

    static Address write(Path folder, Address admin) throws IOException {
        Files.writeString(folder.resolve(FILE), "http://" + admin + "\n");
        return admin;
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
