/**
 * Results as HL7 v2 messages (ORU^R01) to an integration engine or a ward system, by MLLP. The
 * messages are HAPI's, and so is the framing.
 *
 * <p>For {@code deliver}. Start reading at {@link org.osteon.deliver.hl7.Hl7Target}.
 */
@NullMarked
package org.osteon.deliver.hl7;

import org.jspecify.annotations.NullMarked;
