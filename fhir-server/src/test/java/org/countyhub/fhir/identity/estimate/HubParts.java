package org.countyhub.fhir.identity.estimate;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.identity.DemographicsReader;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.NameFrequencies;
import org.countyhub.fhir.identity.match.Thresholds;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.store.BodyCodec;
import org.countyhub.fhir.store.PgModelStore;
import org.countyhub.fhir.store.PgPersonStore;
import org.countyhub.fhir.store.TypeIds;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.kernel.Db;

/** What a server is made of, again, over the same database: for estimations with bounds of their own and models made by hand. */
public final class HubParts {
    private static final int PATIENTS_OF_A_BUNDLE = 50;

    private final TestHub hub;
    private final PgModelStore models;
    private final PgPersonStore persons;
    private final Definitions definitions;

    public HubParts(TestHub hub) {
        this.hub = hub;
        FhirContext context = FhirContext.forR4Cached();
        definitions = new Definitions(context);
        Db db = new Db(hub.pool());
        TypeIds types = new TypeIds(db, definitions.resourceTypes());
        models = new PgModelStore(db, types, new BodyCodec());
        persons = new PgPersonStore(db, types, new BodyCodec(), new SearchParameters(context, definitions));
    }

    public PgPersonStore persons() {
        return persons;
    }

    PgModelStore models() {
        return models;
    }

    Estimator estimator(Bounds bounds) {
        return new Estimator(
                models,
                persons,
                new ResourceParser(definitions),
                new DemographicsReader(hub.server().namingSystems()),
                bounds,
                Clock.systemUTC());
    }

    /** Has the server decide by the start model with another prior and other thresholds; the version. */
    public int use(double prior, Thresholds thresholds) {
        MatchModel model = new MatchModel(
                prior, MatchModel.start().rates(), NameFrequencies.NONE, NameFrequencies.NONE, thresholds);
        int version = models.keep(new Estimation(0, Instant.now(), 0, 0, 0, 0, 0, 0, 0, null, model));
        hub.server().matching().reload();
        return version;
    }

    /** Sends the patients to the server, in bundles. */
    static void load(TestHub hub, List<ObjectNode> patients) {
        for (int from = 0; from < patients.size(); from += PATIENTS_OF_A_BUNDLE) {
            List<String> entries = new ArrayList<>();
            for (ObjectNode patient : patients.subList(from, Math.min(patients.size(), from + PATIENTS_OF_A_BUNDLE))) {
                entries.add("{\"resource\":" + patient + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}");
            }
            HttpResponse<String> answer = hub.post(
                    "",
                    "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries)
                            + "]}");
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.body());
            }
        }
    }
}
