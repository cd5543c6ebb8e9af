/**
 * What radiologists report, on its way to truths: messages of HL7 v2 (MLLP) and FHIR, read by codes
 * and by words. No word of a report leaves this process: what goes on is a study's pseudonym, a
 * label and a status.
 *
 * <p>For the commands; it runs where the site's key is. Start reading at {@link
 * org.osteon.reports.ReportListener}.
 */
@NullMarked
package org.osteon.reports;

import org.jspecify.annotations.NullMarked;
