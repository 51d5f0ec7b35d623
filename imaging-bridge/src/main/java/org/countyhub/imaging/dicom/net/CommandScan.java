package org.countyhub.imaging.dicom.net;

import java.io.IOException;

/**
 * Watches the bytes of command sets go by (PS3.7 section 6.3.1: implicit little endian, group 0000 only). The toolkit allocates what an
 * element says its length is, up to 64 MiB, and reads the data set of a response into memory whole; so lengths are bounded before it sees them.
 */
final class CommandScan {
    private static final int MAX_COMMAND = 16_384;
    private static final int MAX_VALUE = 1_024;
    private static final int COMMAND_FIELD = 0x0100;
    private static final int DATA_SET_TYPE = 0x0800;
    private static final int NO_DATA_SET = 0x0101;
    private static final int RESPONSE = 0x8000;

    private final byte[] header = new byte[8];
    private int headerFilled;
    private int valueLeft;
    private int valueRead;
    private int element;
    private int total;
    private int commandField;
    private int dataSetType = NO_DATA_SET;

    /** Takes the next bytes of a command set. */
    void feed(byte[] bytes, int from, int length) throws IOException {
        total += length;
        if (total > MAX_COMMAND) {
            throw new IOException("command set longer than " + MAX_COMMAND + " bytes");
        }
        for (int i = from; i < from + length; i++) {
            if (valueLeft > 0) {
                value(bytes[i] & 0xFF);
            } else {
                header[headerFilled++] = bytes[i];
                if (headerFilled == header.length) {
                    begin();
                }
            }
        }
    }

    private void begin() throws IOException {
        headerFilled = 0;
        int group = littleEndian(0, 2);
        element = littleEndian(2, 2);
        valueLeft = littleEndian(4, 4);
        valueRead = 0;
        if (group != 0 || valueLeft < 0 || valueLeft > MAX_VALUE) {
            throw new IOException("command set with element (%04X,%04X) of length %d"
                    .formatted(group, element, Integer.toUnsignedLong(valueLeft)));
        }
        if (element == COMMAND_FIELD) {
            commandField = 0;
        } else if (element == DATA_SET_TYPE) {
            dataSetType = 0;
        }
    }

    private void value(int b) {
        if (valueRead < 2) {
            if (element == COMMAND_FIELD) {
                commandField |= b << (8 * valueRead);
            } else if (element == DATA_SET_TYPE) {
                dataSetType |= b << (8 * valueRead);
            }
        }
        valueRead++;
        valueLeft--;
    }

    private int littleEndian(int at, int length) {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value |= (header[at + i] & 0xFF) << (8 * i);
        }
        return value;
    }

    /** Ends the command set: whether a data set follows. */
    boolean end() throws IOException {
        if (valueLeft > 0 || headerFilled > 0) {
            throw new IOException("command set ends inside an element");
        }
        boolean dataSet = dataSetType != NO_DATA_SET;
        if (dataSet && (commandField & RESPONSE) != 0) {
            // None of the responses to what the hub asks for has one (C-STORE, N-EVENT-REPORT, N-CREATE of notices).
            throw new IOException("response %04XH with a data set".formatted(commandField));
        }
        total = 0;
        commandField = 0;
        dataSetType = NO_DATA_SET;
        return dataSet;
    }
}
