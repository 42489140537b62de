/** The members of the cluster: what each runs, how loaded it is, whether it is leaving. The only owner of Hazelcast. */
@NullMarked
package io.colonnade.cluster;

import org.jspecify.annotations.NullMarked;
