/**
 * Pixels: how a data set describes them, where its frames lie, and how a frame is decoded (PS3.5 section 8 and annexes A and G). Native
 * decoders of the Weasis project are called here and nowhere else, behind checks of what is handed to them.
 */
@NullMarked
package org.countyhub.imaging.dicom.codec;

import org.jspecify.annotations.NullMarked;
