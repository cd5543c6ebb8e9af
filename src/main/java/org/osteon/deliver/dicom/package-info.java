/**
 * Results as objects of DICOM: a Structured Report (PS3.16 TID 1500) and a Secondary Capture, both
 * pure functions of the result and of whose it is, so that what is sent twice is the same object.
 *
 * <p>For {@code deliver}. Start reading at {@link org.osteon.deliver.dicom.ResultReport}.
 */
@NullMarked
package org.osteon.deliver.dicom;

import org.jspecify.annotations.NullMarked;
