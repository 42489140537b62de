/** Who is a member, what it runs, how loaded it is, whether it is leaving; the only owner of Hazelcast. */
@NullMarked
package io.colonnade.cluster;

import org.jspecify.annotations.NullMarked;
