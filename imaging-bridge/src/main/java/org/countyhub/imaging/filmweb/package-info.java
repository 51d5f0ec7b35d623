/** Cloud film over HTTP: the interface of hospitals, and what a patient's browser asks for. */
@NullMarked
package org.countyhub.imaging.filmweb;

import org.jspecify.annotations.NullMarked;
