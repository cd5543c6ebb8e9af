package org.osteon.gateway;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.GatewayKeys;

/**
 * The names under which the gateway publishes what the hospital calls otherwise, for what comes in
 * beside it.
 *
 * <p><b>Threading.</b> Any; immutable.
 */
public final class SiteNames {
  private static final int ACCESSION_DIGITS = 16;

  private final @Nullable Pseudonyms pseudonyms;
  private final boolean replacesUids;

  private SiteNames(@Nullable Pseudonyms pseudonyms, boolean replacesUids) {
    this.pseudonyms = pseudonyms;
    this.replacesUids = replacesUids;
  }

  /**
   * With the key of the gateway.
   *
   * @throws org.osteon.config.value.ConfigException gateway.key.file is not set or no key
   */
  public static SiteNames of(Settings settings) {
    return new SiteNames(
        settings.get(GatewayKeys.DEIDENTIFY)
            ? Pseudonyms.read(settings.get(GatewayKeys.KEY_FILE))
            : null,
        settings.get(GatewayKeys.UIDS));
  }

  /** The UID that events give the archive's study. */
  public String study(String uid) {
    return pseudonyms == null || !replacesUids ? uid : pseudonyms.uid(uid);
  }

  /** What events call an accession number. */
  public String accession(String number) {
    return pseudonyms == null ? number : pseudonyms.of("accession", number, ACCESSION_DIGITS);
  }

  /** What events call the patient of that number. */
  public String patient(String number) {
    return pseudonyms == null
        ? number
        : pseudonyms.of("patient", number, Deidentification.PATIENT_DIGITS);
  }

  /** Whether names are replaced at all. */
  public boolean replaces() {
    return pseudonyms != null;
  }

  /** What topics call the number of an order. */
  public String order(String number) {
    return pseudonyms == null ? number : pseudonyms.of("order", number, ACCESSION_DIGITS);
  }

  /**
   * With the gateway's own key and trust, where it has one.
   *
   * @throws org.osteon.config.value.ConfigException the store cannot be opened
   */
  public static Optional<SSLContext> tls(Settings settings) {
    return settings
        .find(GatewayKeys.TLS_KEYSTORE)
        .map(store -> Secrets.tls(store, settings.get(GatewayKeys.TLS_PASSWORD_FILE)));
  }
}
