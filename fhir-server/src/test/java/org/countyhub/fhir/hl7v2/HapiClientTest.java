package org.countyhub.fhir.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.v251.message.ACK;
import ca.uhn.hl7v2.model.v251.message.ADT_A01;
import ca.uhn.hl7v2.model.v251.segment.ERR;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HAPI's client, as interface engines use it: it holds the answers against the structures of the standard. */
class HapiClientTest {
    private static MllpHub hub;

    @BeforeAll
    static void start() {
        hub = MllpHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static ADT_A01 admission(String number, String authority, String charset) throws Exception {
        ADT_A01 message = new ADT_A01();
        // Not initQuickstart, whose numbers are kept in a file of the working directory.
        message.getMSH().getFieldSeparator().setValue("|");
        message.getMSH().getEncodingCharacters().setValue("^~\\&");
        message.getMSH().getMessageType().getMessageCode().setValue("ADT");
        message.getMSH().getMessageType().getTriggerEvent().setValue("A01");
        message.getMSH().getMessageType().getMessageStructure().setValue("ADT_A01");
        message.getMSH().getMessageControlID().setValue("C" + number);
        message.getMSH().getProcessingID().getProcessingID().setValue("P");
        message.getMSH().getVersionID().getVersionID().setValue("2.5.1");
        message.getMSH().getSendingApplication().getNamespaceID().setValue("HIS");
        message.getMSH().getSendingFacility().getNamespaceID().setValue("HD");
        message.getMSH().getCharacterSet(0).setValue(charset);
        message.getEVN().getRecordedDateTime().getTime().setValue("20250601083000");
        message.getPID().getPatientIdentifierList(0).getIDNumber().setValue(number);
        message.getPID()
                .getPatientIdentifierList(0)
                .getAssigningAuthority()
                .getNamespaceID()
                .setValue(authority);
        message.getPID().getPatientName(0).getFamilyName().getSurname().setValue("诸葛");
        message.getPID().getPatientName(0).getGivenName().setValue("甲|乙&丙");
        return message;
    }

    private static ACK send(ADT_A01 message) throws Exception {
        try (HapiContext context = new DefaultHapiContext()) {
            context.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
            Connection connection = context.newClient("127.0.0.1", hub.port(), false);
            try {
                return (ACK) connection.getInitiator().sendAndReceive(message);
            } finally {
                connection.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNICODE UTF-8", "GB 18030-2000"})
    void itsMessagesAreTakenInBothCharacterSets(String charset) throws Exception {
        String number = "H" + charset.length();
        ADT_A01 message = admission(number, "HDHIS", charset);
        ACK answer = send(message);

        assertThat(answer.getMSA().getAcknowledgmentCode().getValue()).isEqualTo("AA");
        assertThat(answer.getMSA().getMessageControlID().getValue())
                .isEqualTo(message.getMSH().getMessageControlID().getValue());
        assertThat(hub.patient(number).path("name").path(0).path("text").asText())
                .isEqualTo("诸葛甲|乙&丙");
    }

    @Test
    void itUnderstandsWhatWasWrong() throws Exception {
        ACK answer = send(admission("H1", "NO|BO^DY", "UNICODE UTF-8"));

        assertThat(answer.getMSA().getAcknowledgmentCode().getValue()).isEqualTo("AE");
        ERR error = answer.getERR();
        assertThat(error.getErrorLocation(0).getSegmentID().getValue()).isEqualTo("PID");
        assertThat(error.getErrorLocation(0).getFieldPosition().getValue()).isEqualTo("3");
        assertThat(error.getErrorLocation(0).getFieldRepetition().getValue()).isEqualTo("1");
        assertThat(error.getErrorLocation(0).getComponentNumber().getValue()).isEqualTo("4");
        assertThat(error.getHL7ErrorCode().getIdentifier().getValue()).isEqualTo("204");
        assertThat(error.getSeverity().getValue()).isEqualTo("E");
        assertThat(error.getUserMessage().getValue()).contains("NO|BO^DY");
    }
}
