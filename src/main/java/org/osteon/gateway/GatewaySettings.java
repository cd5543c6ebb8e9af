package org.osteon.gateway;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.GatewayKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.dimse.ScpSettings;

/**
 * The gateway's part of the configuration, checked.
 *
 * @param scp the DICOM side
 * @param httpPort empty where there is no HTTP side
 * @param token of the HTTP side; empty without
 * @param statTitles AE titles of which everything is STAT
 * @param terms how things leave
 * @param facility of all events
 * @param acknowledgement how long the brokers may take
 */
record GatewaySettings(
    ScpSettings scp,
    OptionalInt httpPort,
    String token,
    Set<String> statTitles,
    OutgoingImage.Terms terms,
    String facility,
    Duration acknowledgement) {

  /** Storage SOP classes of radiographs (PS3.4 table B.5-1), for presentation and processing. */
  private static final List<String> RADIOGRAPHS =
      List.of("1", "1.1", "1.1.1", "1.2", "1.2.1", "7", "7.1", "7.2", "7.3", "7.4", "12.1");

  /** What the decoder reads. */
  private static final Set<String> TRANSFER_SYNTAXES =
      Set.of(
          "1.2.840.10008.1.2.1",
          "1.2.840.10008.1.2.4.90",
          "1.2.840.10008.1.2.4.80",
          "1.2.840.10008.1.2.4.70",
          "1.2.840.10008.1.2.4.57",
          "1.2.840.10008.1.2.5",
          "1.2.840.10008.1.2.1.99",
          "1.2.840.10008.1.2",
          "1.2.840.10008.1.2.2",
          "1.2.840.10008.1.2.4.91",
          "1.2.840.10008.1.2.4.81",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.50");

  /** What one instance costs at its worst: as it came, as it leaves, as a record, as a request. */
  private static final int COPIES = 4;

  /**
   * @throws ConfigException they cannot work
   */
  static GatewaySettings of(Settings settings) {
    boolean cleans = settings.get(GatewayKeys.DEIDENTIFY);
    Pseudonyms pseudonyms = cleans ? Pseudonyms.read(settings.get(GatewayKeys.KEY_FILE)) : null;
    Optional<Integer> port = settings.find(GatewayKeys.HTTP_PORT);
    boolean hash = settings.get(GatewayKeys.UIDS);
    return new GatewaySettings(
        scp(settings),
        port.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        port.isEmpty() ? "" : Secrets.token(settings.get(GatewayKeys.HTTP_TOKEN_FILE)),
        statTitles(settings),
        new OutgoingImage.Terms(
            new AttributeTable(),
            pseudonyms,
            hash,
            settings.get(ImageKeys.IMAGE_MAX_BYTES),
            settings.get(ImageKeys.IMAGE_MAX_PIXELS)),
        settings.get(GatewayKeys.FACILITY),
        settings.get(GatewayKeys.ACK_TIMEOUT_MS));
  }

  private static ScpSettings scp(Settings settings) {
    long most =
        settings.get(ImageKeys.MEMORY_BUDGET_MB)
            / (COPIES * settings.get(ImageKeys.IMAGE_MAX_BYTES));
    try {
      return new ScpSettings(
          settings.get(GatewayKeys.DICOM_PORT),
          titles(settings),
          new GatewayPeers(settings.get(GatewayKeys.PEERS)),
          sopClasses(settings),
          TRANSFER_SYNTAXES,
          new ScpSettings.Limits(
              settings.get(ImageKeys.IMAGE_MAX_BYTES),
              settings.get(GatewayKeys.ASSOCIATIONS),
              settings.get(GatewayKeys.PEER_ASSOCIATIONS),
              (int) Math.max(1, most),
              settings.get(GatewayKeys.IDLE_TIMEOUT_MS),
              settings.get(GatewayKeys.RECEIVE_TIMEOUT_MS)),
          tls(settings),
          settings.get(GatewayKeys.TLS_CLIENTS));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("gateway.peers: " + e.getMessage(), e);
    }
  }

  /** A sender that can set nothing but whom it calls is heard under the titles of STAT as well. */
  private static Set<String> titles(Settings settings) {
    Set<String> titles = new HashSet<>(statTitles(settings));
    titles.add(settings.get(GatewayKeys.AE_TITLE));
    return titles;
  }

  private static Set<String> statTitles(Settings settings) {
    return Set.copyOf(settings.list(GatewayKeys.DICOM_STAT_TITLES));
  }

  private static Set<String> sopClasses(Settings settings) {
    Set<String> all = new HashSet<>(settings.list(GatewayKeys.SOP_CLASSES));
    RADIOGRAPHS.forEach(each -> all.add("1.2.840.10008.5.1.4.1.1." + each));
    return all;
  }

  private static @Nullable SSLContext tls(Settings settings) {
    return settings
        .find(GatewayKeys.TLS_KEYSTORE)
        .map(store -> Secrets.tls(store, settings.get(GatewayKeys.TLS_PASSWORD_FILE)))
        .orElse(null);
  }
}
