/**
 * DICOM's upper layer (PS3.8 section 9): protocol data units as they lie on the wire, each within a
 * time.
 *
 * <p>For {@code dimse}. Start reading at {@link org.osteon.dimse.pdu.Pdu}.
 */
@NullMarked
package org.osteon.dimse.pdu;

import org.jspecify.annotations.NullMarked;
