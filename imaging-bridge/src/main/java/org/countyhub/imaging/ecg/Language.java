package org.countyhub.imaging.ecg;

/** In which language the words around the traces are; what the recording says stays as it is. */
public enum Language {
    EN,
    ZH
}
