/**
 * What results are called in the codes of the field: DICOM's, SNOMED CT's, UCUM's, and ours where
 * none has the concept. Each kind of target writes them in its own syntax.
 */
@NullMarked
package org.osteon.deliver.terms;

import org.jspecify.annotations.NullMarked;
