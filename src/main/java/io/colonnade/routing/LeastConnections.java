package io.colonnade.routing;

import java.util.List;

/** The endpoint with the fewest exchanges in flight; among equals, each in turn. */
record LeastConnections(List<Endpoint> endpoints, Turn turn) implements Selector {
    @Override
    public Endpoint select() {
        var fewest = Integer.MAX_VALUE;
        var equals = 0;
        for (var i = 0; i < endpoints.size(); i++) {
            var inFlight = endpoints.get(i).inFlight();
            if (inFlight < fewest) {
                fewest = inFlight;
                equals = 1;
            } else if (inFlight == fewest) {
                equals++;
            }
        }
        return withAtMost(fewest, turn.of(equals));
    }

    /** The counts move while they are read: whoever has come down to the fewest in the meantime is as good. */
    private Endpoint withAtMost(int fewest, int skip) {
        var last = endpoints.get(0);
        for (var i = 0; i < endpoints.size(); i++) {
            var endpoint = endpoints.get(i);
            if (endpoint.inFlight() <= fewest) {
                last = endpoint;
                if (skip-- == 0) {
                    break;
                }
            }
        }
        return last;
    }
}
