/** The edge that speaks DICOMweb (PS3.18): store, search, retrieve and render over HTTP, below {@code /dicomweb}. */
@NullMarked
package org.countyhub.imaging.dicomweb;

import org.jspecify.annotations.NullMarked;
