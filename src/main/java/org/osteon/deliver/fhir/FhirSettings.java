package org.osteon.deliver.fhir;

import java.net.URI;
import javax.net.ssl.SSLContext;
import org.osteon.config.value.ConfigException;
import org.osteon.deliver.destination.BearerToken;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TlsSettings;
import org.osteon.event.Finding;

/**
 * A target of type {@code fhir}.
 *
 * @param base of the server, where transactions are posted to
 * @param tls whom https is believed
 * @param token read anew for each result
 * @param naming what stands in resources by configuration
 */
public record FhirSettings(URI base, SSLContext tls, BearerToken token, Naming naming) {
  /**
   * What stands in resources by configuration.
   *
   * @param patientSystem of record numbers, or empty
   * @param accessionSystem of accession numbers, or empty
   * @param taskFrom finding from which on somebody is asked to look; {@link Finding#UNKNOWN} for
   *     never
   */
  public record Naming(String patientSystem, String accessionSystem, Finding taskFrom) {}

  /**
   * @throws ConfigException it cannot work
   */
  public static FhirSettings of(TargetSettings target) {
    String url = target.required("url");
    if (!url.matches("https?://[^/?#\\s]+[^?#\\s]*")) {
      throw new ConfigException(
          "deliver.targets.file: %s.url is no address of a FHIR server: give one as https://fhir.example.org/r4."
              .formatted(target.name()));
    }
    String task = target.word("task", "DOUBT", "DOUBT|DEFINITE|CRITICAL|never");
    return new FhirSettings(
        URI.create(url.replaceFirst("/+$", "")),
        TlsSettings.of(target),
        BearerToken.of(target),
        new Naming(
            system(target, "patient.system"),
            system(target, "accession.system"),
            task.equals("never") ? Finding.UNKNOWN : Finding.valueOf(task)));
  }

  private static String system(TargetSettings target, String key) {
    String system = target.text(key, "");
    if (!system.matches("|[A-Za-z][A-Za-z0-9+.-]*:[^\\s|]+")) {
      throw new ConfigException(
          "deliver.targets.file: %s.%s is no URI: give one as urn:oid:1.2.3 or https://example.org/mrn."
              .formatted(target.name(), key));
    }
    return system;
  }
}
