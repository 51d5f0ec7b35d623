package org.countyhub.bench.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.countyhub.bench.county.Hospital;

/** The file by which an imaging bridge knows the demo's hospitals: docs/examples/demo-peers.json. */
final class DemoPeers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoPeers() {}

    static ObjectNode of(List<Hospital> hospitals) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode sources = root.putArray("sources");
        for (Hospital hospital : hospitals) {
            String own = "https://countyhub.org/sid/" + hospital.id();
            ObjectNode source = sources.addObject()
                    .put("id", hospital.id())
                    .put("organization", "Organization/" + hospital.id())
                    // The system of the patient keys that the demo's FHIR records have.
                    .put("patientSystem", own + "/patient")
                    .put("accessionSystem", own + "/accession");
            ObjectNode device = source.putArray("devices").addObject().put("aeTitle", DemoStudy.aeTitle(hospital));
            device.putArray("addresses").add("127.0.0.0/8").add("::1");
            device.putArray("may").add("store").add("query").add("retrieve");
        }
        return root;
    }
}
