package org.countyhub.bench.imaging;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.countyhub.bench.load.CpuMeter;
import org.countyhub.bench.load.Database;
import org.countyhub.bench.load.FhirBase;
import org.countyhub.bench.load.LoadFailure;
import org.countyhub.bench.load.ServerProcess;

/** An imaging bridge of one's own, with the database that it has started. */
final class Bridge implements AutoCloseable {
    static final String AE_TITLE = "COUNTYHUB";

    private final ServerProcess server;
    private final Database database;
    private final long postmasterId;
    private final int dicomPort;

    private Bridge(ServerProcess server, int dicomPort) {
        this.server = server;
        this.dicomPort = dicomPort;
        this.database =
                server.database().orElseThrow(() -> new LoadFailure("the bridge has not told where its database is"));
        this.postmasterId = database.postmasterId();
    }

    /** Nobody listens there: a hub that runs on this machine must not hear of made-up studies. */
    static final String NO_FHIR = "http://127.0.0.1:9/fhir";

    /**
     * Starts one on a data directory, that nobody but this machine may use.
     *
     * @param fhir the address of its FHIR server
     */
    static Bridge start(String command, Path data, String fhir) {
        int httpPort = ServerProcess.freePort();
        int dicomPort = ServerProcess.freePort();
        ServerProcess server = ServerProcess.start(
                command,
                data,
                new FhirBase("127.0.0.1", httpPort, ""),
                "actuator/health",
                Map.of(
                        "HUB_IMAGING_PORT",
                        Integer.toString(httpPort),
                        "HUB_DICOM_PORT",
                        Integer.toString(dicomPort),
                        "HUB_BIND",
                        "127.0.0.1",
                        // Blank counts as not set: no other's peers, certificates or FHIR server.
                        "HUB_IMAGING_PEERS",
                        "",
                        "HUB_DICOM_KEY_STORE",
                        "",
                        "HUB_FHIR_URL",
                        fhir));
        try {
            return new Bridge(server, dicomPort);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    DicomWeb web() {
        return new DicomWeb(new FhirBase(server.base().host(), server.base().port(), "/dicomweb"));
    }

    /** Its address, without a slash at the end. */
    String address() {
        return "http://" + server.base().host() + ":" + server.base().port();
    }

    int dicomPort() {
        return dicomPort;
    }

    Database database() {
        return database;
    }

    long startMillis() {
        return server.startMillis();
    }

    long processId() {
        return server.processId();
    }

    long postmasterId() {
        return postmasterId;
    }

    CpuMeter meter() {
        return CpuMeter.start(OptionalLong.of(server.processId()), OptionalLong.of(postmasterId));
    }

    @Override
    public void close() {
        server.close();
    }
}
