package org.osteon.deliver.dicom;

import java.net.URI;
import javax.net.ssl.SSLContext;
import org.osteon.config.value.ConfigException;
import org.osteon.deliver.destination.BearerToken;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TlsSettings;

/**
 * A target of type {@code stow}.
 *
 * @param studies where instances are posted to
 * @param tls whom https is believed
 * @param token read anew for each result
 */
public record StowSettings(URI studies, SSLContext tls, BearerToken token) {
  /**
   * @throws ConfigException it cannot work
   */
  public static StowSettings of(TargetSettings target) {
    String url = target.required("url");
    if (!url.matches("https?://[^/?#\\s]+[^?#\\s]*")) {
      throw new ConfigException(
          "deliver.targets.file: %s.url is no address of a DICOMweb server: give one as https://archive.example.org/dicom-web."
              .formatted(target.name()));
    }
    return new StowSettings(
        URI.create(url.replaceFirst("/+$", "") + "/studies"),
        TlsSettings.of(target),
        BearerToken.of(target));
  }
}
