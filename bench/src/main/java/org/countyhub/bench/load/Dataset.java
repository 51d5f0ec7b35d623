package org.countyhub.bench.load;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the ingest left on the server.
 *
 * @param patients by person, the reference {@code Patient/id}
 * @param reports by order, the reference to its DiagnosticReport
 * @param results references to Observations, twelve for each order
 * @param writtenShare of the resources in the measured bundles, those that were new; the others were known patients
 * @param firstRow surrogate id before the measured bundles, −1 when the database cannot be seen
 * @param lastRow surrogate id after them
 */
record Dataset(
        LabOrders orders,
        Map<Integer, String> patients,
        List<String> reports,
        List<String> results,
        double writtenShare,
        long firstRow,
        long lastRow) {

    /** A person who has at least one report. */
    int anyPerson(SplittableRandom random) {
        return orders.person(random.nextInt(orders.orders()));
    }

    String patient(int person) {
        String reference = patients.get(person);
        if (reference == null) {
            throw new LoadFailure("person " + person + " was not loaded");
        }
        return reference;
    }
}
