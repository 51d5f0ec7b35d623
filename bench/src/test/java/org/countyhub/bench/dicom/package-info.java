@NullMarked
package org.countyhub.bench.dicom;

import org.jspecify.annotations.NullMarked;
