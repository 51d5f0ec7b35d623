/** The demo: fills a running hub with the made-up county through its public REST API. */
@NullMarked
package org.countyhub.bench.demo;

import org.jspecify.annotations.NullMarked;
