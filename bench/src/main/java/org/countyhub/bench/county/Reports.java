package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Reports as hospitals send them: one FHIR R4 transaction Bundle each, with the Patient of that hospital, ServiceRequest,
 * Specimen or ImagingStudy, Observations and DiagnosticReport. Every entry is a conditional create by its own identifier, so
 * that sending a bundle again changes nothing. Organizations and Practitioners are referred to by the fixed ids of
 * {@link Directory}. Pure: the same order gives the same bundle.
 */
public final class Reports {
    private Reports() {}

    /** The report of an order, of its kind. */
    public static ObjectNode of(Order order) {
        return switch (order.kind()) {
            case LABORATORY -> laboratory(order);
            case IMAGING -> Imaging.bundle(order);
            case ELECTROCARDIOGRAM -> Electrocardiogram.bundle(order);
            case PATHOLOGY -> Pathology.bundle(order);
        };
    }

    /** The records of some people at every hospital that knows them, without any report. */
    public static ObjectNode patients(List<Person> persons) {
        Transaction transaction = new Transaction();
        for (Person person : persons) {
            for (Registration registration : person.registrations()) {
                transaction.create(Patients.patient(person, registration));
            }
        }
        return transaction.bundle();
    }

    /** The panel that {@link #laboratory(Order)} reports. */
    public static Panel panel(Order order) {
        return Laboratory.panel(order);
    }

    /** A laboratory report of a panel the hospital offers, drawn by how often it is ordered. */
    public static ObjectNode laboratory(Order order) {
        return Laboratory.bundle(order, Laboratory.panel(order));
    }

    /** A laboratory report of one panel: {@link Panel#BIOCHEMISTRY} makes 16 resources, 12 of them Observations. */
    public static ObjectNode laboratory(Order order, Panel panel) {
        return Laboratory.bundle(order, panel);
    }
}
