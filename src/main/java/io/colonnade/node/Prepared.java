package io.colonnade.node;

import io.colonnade.admin.TokenFile;
import io.colonnade.node.settings.ConfigSource;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.security.Secrets;
import java.util.Optional;

/**
 * What a node has before it joins the cluster.
 *
 * @param source the file that is watched for changes; empty if there is none
 * @param archives the archives of the node's sites
 * @param teardown the list to which each later step of the start adds its undoing
 */
record Prepared(
        NodeConfig config,
        Optional<ConfigSource> source,
        NodeFolder folder,
        Secrets secrets,
        TokenFile tokenFile,
        NodeArchives archives,
        Teardown teardown) {
    String name() {
        return folder.name();
    }
}
