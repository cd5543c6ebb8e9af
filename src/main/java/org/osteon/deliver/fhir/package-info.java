/**
 * Results as FHIR R4, one transaction each, to a server that portals and wards read.
 *
 * <p>For {@code deliver}. JSON is written by hand: HAPI's structures are fifty jars, and are in the
 * tests, where they read what is written here. Start reading at {@link
 * org.osteon.deliver.fhir.FhirTarget}.
 */
@NullMarked
package org.osteon.deliver.fhir;

import org.jspecify.annotations.NullMarked;
