/**
 * Electrocardiograms (PS3.3 section C.10.9): from a header and the bytes of its waveforms to leads in millivolts, and from these to a drawing
 * in real millimetres, as SVG or PDF. Nothing here reads files, and nothing interprets what it draws.
 */
@NullMarked
package org.countyhub.imaging.ecg;

import org.jspecify.annotations.NullMarked;
