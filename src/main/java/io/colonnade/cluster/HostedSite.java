package io.colonnade.cluster;

import io.colonnade.core.SiteId;
import java.util.List;

/**
 * A site that a member has.
 *
 * @param id its name and content
 * @param hosts the lower-case hosts it answers to, without port
 * @param isDefault whether it answers requests that name no host
 * @param health how it fares there
 */
public record HostedSite(SiteId id, List<String> hosts, boolean isDefault, SiteHealth health) {}
