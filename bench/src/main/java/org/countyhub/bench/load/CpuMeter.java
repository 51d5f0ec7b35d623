package org.countyhub.bench.load;

import java.util.Optional;
import java.util.OptionalLong;

/** The CPU time that a server and its database spend from a moment on, where both are on this machine. */
public final class CpuMeter {
    private final OptionalLong serverId;
    private final OptionalLong postmasterId;
    private final double serverSeconds;
    private final double databaseSeconds;

    private CpuMeter(OptionalLong serverId, OptionalLong postmasterId) {
        this.serverId = serverId;
        this.postmasterId = postmasterId;
        this.serverSeconds = serverSeconds();
        this.databaseSeconds = databaseSeconds();
    }

    /** From now on; nothing is measured of a server that is not here. */
    public static CpuMeter start(OptionalLong serverId, OptionalLong postmasterId) {
        return new CpuMeter(serverId, postmasterId);
    }

    /** What each of so many requests has cost. */
    public Optional<Row.Cost> cost(int requests) {
        if (serverId.isEmpty()) {
            return Optional.empty();
        }
        double millisPerRequest = 1e3 / Math.max(1, requests);
        return Optional.of(new Row.Cost(
                (serverSeconds() - serverSeconds) * millisPerRequest,
                (databaseSeconds() - databaseSeconds) * millisPerRequest));
    }

    private double serverSeconds() {
        return serverId.isPresent() ? Processes.cpuSeconds(serverId.getAsLong()) : 0;
    }

    private double databaseSeconds() {
        return postmasterId.isPresent() ? Processes.cpuSecondsWithChildren(postmasterId.getAsLong()) : 0;
    }
}
