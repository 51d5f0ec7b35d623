/** A made-up county: people with Chinese names and several cards, hospitals, and the results they produce. */
@NullMarked
package org.countyhub.bench.county;

import org.jspecify.annotations.NullMarked;
