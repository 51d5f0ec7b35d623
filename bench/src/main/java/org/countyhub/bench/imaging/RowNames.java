package org.countyhub.bench.imaging;

/** The names of the rows that have a target or that other rows are set against. */
final class RowNames {
    static final String START_EMPTY = "start-up on empty data";
    static final String START_EXISTING = "start-up on existing data";
    static final String IDLE_MEMORY = "server memory, idle";
    static final String PEAK_MEMORY = "server memory, most under load";
    static final String COPY_ONE = "write floor, 1 thread (copy and fsync)";
    static final String COPY_EIGHT = "write floor, 8 threads (copy and fsync)";
    static final String STORE_ONE = "C-STORE of CT by 1 association";
    static final String STORE_FOUR = "C-STORE of CT by 4 associations";
    static final String STORE_EIGHT = "C-STORE of CT by 8 associations";
    static final String STORE_ONE_OF_FLOOR = "C-STORE by 1 association against floor";
    static final String STORE_EIGHT_OF_FLOOR = "C-STORE by 8 associations against floor";
    static final String STORE_MR = "C-STORE of MR by 8 associations";
    static final String STORE_US = "C-STORE of US loops by 4 associations";
    static final String STORE_CR = "C-STORE of CR by 4 associations";
    static final String STOW = "STOW-RS of CT, 50 in a body";
    static final String STOW_OF_FLOOR = "STOW-RS against floor";
    static final String LOST = "instances lost or changed";
    static final String INDEX = "index for each instance";
    static final String FRAMES_CT = "random frames of CT";
    static final String FRAMES_CT_P50 = "random frames of CT, p50";
    static final String FRAMES_US = "random frames of US loops (JPEG)";
    static final String FRAMES_US_P50 = "random frames of US loops (JPEG), p50";
    static final String FRAME_FLOOR_CT = "read floor of CT frames (ranges of files, Tomcat)";
    static final String FRAME_FLOOR_US = "read floor of US frames (ranges of files, Tomcat)";
    static final String FRAMES_CT_OF_FLOOR = "frames of CT against read floor";
    static final String FRAMES_US_OF_FLOOR = "frames of US loops against read floor";
    static final String METADATA_COLD = "metadata of a series, first time after a restart";
    static final String METADATA_WARM = "metadata of a series, gzip";
    static final String METADATA_PLAIN = "metadata of a series, not compressed";
    static final String QUERY_SMALL = "QIDO-RS, few studies";
    static final String QUERY = "QIDO-RS, many studies";
    static final String QUERY_INSTANCES = "QIDO-RS of the 1,000 instances of a series";
    static final String LARGE = "C-STORE of a multi-frame image of 4 GB";
    static final String LARGE_MEMORY = "server memory, most while 4 GB came in and went out";
    static final String FILM = "cloud film on a phone: from the QR code to the first image";
    static final String FILM_FLOOR = "page floor: the same page as a file";
    static final String SLIDE = "whole slide: first view";
    static final String SLIDE_FLOOR = "page floor: the slide's page without a slide";
    static final String SCROLL_BLANK = "pictures without an image while CT slices are scrolled";
    static final String SCROLL = "scrolling CT slices: from the wheel to the slice";

    private RowNames() {}
}
