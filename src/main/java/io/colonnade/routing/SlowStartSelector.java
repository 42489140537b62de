package io.colonnade.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy while some of its endpoints are in their slow start. An endpoint that counts half as much as the most advanced one is
 * passed over every other time that it is selected. So nothing changes if all have just started.
 *
 * @param policy selects another endpoint if it is asked again, unless it knows only one
 */
record SlowStartSelector(Selector policy, List<Endpoint> endpoints, SlowStart slowStart) implements Selector {
    @Override
    public @Nullable Endpoint select() {
        var most = most();
        var selected = policy.select();
        for (var i = 1; i < endpoints.size() && selected != null && passesOver(selected, most); i++) {
            selected = policy.select();
        }
        return selected;
    }

    private double most() {
        var most = 0.0;
        for (var i = 0; i < endpoints.size(); i++) {
            most = Math.max(most, slowStart.share(endpoints.get(i).member()));
        }
        return most;
    }

    private boolean passesOver(Endpoint endpoint, double most) {
        return slowStart.share(endpoint.member()) < most * slowStart.drawn();
    }
}
