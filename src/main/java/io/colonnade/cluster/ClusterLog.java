package io.colonnade.cluster;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log under which several classes say what happens to the cluster, so that all of it reads as one story. */
final class ClusterLog {
    static final Logger LOGGER = LoggerFactory.getLogger(ClusterLog.class.getPackageName() + ".Cluster");

    private ClusterLog() {}
}
