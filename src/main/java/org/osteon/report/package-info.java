/** What happened in the last hours, as one page that a person can look at. */
@NullMarked
package org.osteon.report;

import org.jspecify.annotations.NullMarked;
