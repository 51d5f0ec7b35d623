package org.countyhub.bench.load;

/** The names of the rows that have a target or that other rows are set against. */
final class RowNames {
    static final String INGEST = "bundle ingest";
    static final String SYNTHEA = "Synthea bundles";
    static final String WRITE_FLOOR = "write floor (plain JDBC batches)";
    static final String INGEST_OF_FLOOR = "ingest against write floor";
    static final String READ = "GET Observation/[id]";
    static final String READ_FLOOR = "read floor (select body, Tomcat)";
    static final String READ_OF_FLOOR = "read against read floor";
    static final String CREATE = "POST Observation";
    static final String UPDATE = "PUT Observation/[id]";
    static final String BY_CARD = "Patient?identifier";
    static final String REPORTS_BY_CARD = "DiagnosticReport?patient.identifier";
    static final String LAST_VALUES = "Observation?subject&code&_sort=-date";
    static final String REPORT_WITH_RESULTS = "DiagnosticReport?subject&_include=result (12)";
    static final String DISK = "disk per resource, indexes included";
    static final String START_EMPTY = "start-up on empty data";
    static final String START_EXISTING = "start-up on existing data";
    static final String IDLE_MEMORY = "server memory, idle";
    static final String PEAK_MEMORY = "server memory, most under load";
    static final String DATABASE_MEMORY = "PostgreSQL memory after load";
    static final String DUPLICATES = "duplicates of conditional creates";
    static final String BUNDLE_DUPLICATES = "duplicates of conditional creates in transactions";
    static final String LOST_UPDATES = "lost updates with If-Match";
    static final String TORN_TRANSACTIONS = "torn overlapping transactions";
    static final String REFUSALS = "unexpected answers in races";

    static final String BULK = "initial load of Patients by $import";
    static final String BULK_PERSONS = "initial load: persons";
    static final String BULK_LINKS = "initial load: links to persons known before";
    static final String BULK_UNLINKED = "initial load: records without a person";
    static final String BULK_MIXED = "initial load: persons of several people";
    static final String BULK_TWINS = "initial load: twins taken for one";

    static final String RESOLVE = "Person/$resolve?identifier";
    static final String RESOLVE_P50 = "Person/$resolve, p50";
    static final String MATCH = "Patient/$match without a code";
    static final String MATCH_P99 = "Patient/$match without a code, p99";
    static final String RESULTS_BY_PATIENT = "Observation?patient&_sort=-date (10)";
    static final String RESULTS_BY_PERSON = "Observation?person&_sort=-date (10)";
    static final String PERSON_COST = "Observation?person against ?patient";

    private RowNames() {}
}
