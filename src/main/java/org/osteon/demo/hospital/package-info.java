/**
 * {@code osteon demo --hospital}: beside broker, registry and service a modality, the gateway, the
 * deliverer and an Orthanc as the archive, and what came back into which study.
 *
 * <p>For its command alone. Start reading at {@link org.osteon.demo.hospital.HospitalDemo}.
 */
@NullMarked
package org.osteon.demo.hospital;

import org.jspecify.annotations.NullMarked;
