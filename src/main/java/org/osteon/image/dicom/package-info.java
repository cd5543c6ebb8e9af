/**
 * DICOM as a file (PS3.10): data sets, transfer syntaxes, encapsulated fragments, what the header
 * says of the image, and copies with only what a rule lets through.
 *
 * <p>For {@code image.format} and the gateway. Start reading at {@link
 * org.osteon.image.dicom.DicomFile}, and at {@link org.osteon.image.dicom.DicomCopy} for what
 * leaves the site.
 */
@NullMarked
package org.osteon.image.dicom;

import org.jspecify.annotations.NullMarked;
