/** The little of DICOM that a sender needs: data sets and files to write, associations to store by, bodies to post. */
@NullMarked
package org.countyhub.bench.dicom;

import org.jspecify.annotations.NullMarked;
