/**
 * One frame of DICOM pixels (PS3.3 section C.7.6.3, PS3.5 section 8): decompressed to stored
 * values, then to grey by the standard's rules (PS3.3 section C.11).
 *
 * <p>For {@code image.dicom} only. Start reading at {@link
 * org.osteon.image.dicom.frame.DicomSamples}.
 */
@NullMarked
package org.osteon.image.dicom.frame;

import org.jspecify.annotations.NullMarked;
