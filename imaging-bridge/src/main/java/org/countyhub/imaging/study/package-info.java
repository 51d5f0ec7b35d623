/** Studies, series and instances: how they come in, whose they are, and what keeps them. Pure rules and services, and the ports of stores. */
@NullMarked
package org.countyhub.imaging.study;

import org.jspecify.annotations.NullMarked;
