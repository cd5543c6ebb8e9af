/**
 * A FHIR server of another make, for tests: HAPI's plain server, parser and validator, with
 * transactions over a folder. Start reading at {@link org.osteon.fhirpeer.FhirPeer}.
 */
@NullMarked
package org.osteon.fhirpeer;

import org.jspecify.annotations.NullMarked;
