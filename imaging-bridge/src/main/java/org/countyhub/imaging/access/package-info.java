/** Who may look at images, where the file of peers says so: doctors, by what the county's record says of them and of the patient. */
@NullMarked
package org.countyhub.imaging.access;

import org.jspecify.annotations.NullMarked;
