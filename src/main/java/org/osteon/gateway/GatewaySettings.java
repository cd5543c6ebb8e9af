package org.osteon.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osteon.config.ConfigException;
import org.osteon.config.Setting;
import org.osteon.config.Settings;
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
    boolean cleans = settings.require(Setting.GATEWAY_DEIDENTIFY).equals("true");
    Pseudonyms pseudonyms =
        cleans ? Pseudonyms.read(Path.of(settings.require(Setting.GATEWAY_KEY_FILE))) : null;
    String port = settings.get(Setting.GATEWAY_HTTP_PORT).orElse("");
    boolean hash = settings.require(Setting.GATEWAY_UIDS).equals("replace");
    return new GatewaySettings(
        scp(settings),
        port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
        port.isEmpty()
            ? ""
            : Secrets.token(Path.of(settings.require(Setting.GATEWAY_HTTP_TOKEN_FILE))),
        statTitles(settings),
        new OutgoingImage.Terms(new AttributeTable(), pseudonyms, hash, settings.imageMaxBytes()),
        settings.require(Setting.GATEWAY_FACILITY),
        Duration.ofMillis(settings.number(Setting.GATEWAY_ACK_TIMEOUT_MS)));
  }

  private static ScpSettings scp(Settings settings) {
    long most = settings.memoryBudgetBytes() / (COPIES * settings.imageMaxBytes());
    try {
      return new ScpSettings(
          (int) settings.number(Setting.GATEWAY_DICOM_PORT),
          titles(settings),
          new GatewayPeers(settings.require(Setting.GATEWAY_PEERS)),
          sopClasses(settings),
          TRANSFER_SYNTAXES,
          settings.imageMaxBytes(),
          (int) settings.number(Setting.GATEWAY_ASSOCIATIONS),
          (int) Math.max(1, most),
          Duration.ofMillis(settings.number(Setting.GATEWAY_IDLE_TIMEOUT_MS)),
          tls(settings),
          settings.require(Setting.GATEWAY_TLS_CLIENTS).equals("true"));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("gateway.peers: " + e.getMessage(), e);
    }
  }

  /** A sender that can set nothing but whom it calls is heard under the titles of STAT as well. */
  private static Set<String> titles(Settings settings) {
    Set<String> titles = new HashSet<>(statTitles(settings));
    titles.add(settings.require(Setting.GATEWAY_AE_TITLE));
    return titles;
  }

  private static Set<String> statTitles(Settings settings) {
    return settings
        .get(Setting.GATEWAY_DICOM_STAT_TITLES)
        .map(text -> Arrays.stream(text.split(",")).map(String::trim).collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  private static Set<String> sopClasses(Settings settings) {
    Set<String> all = new HashSet<>();
    RADIOGRAPHS.forEach(each -> all.add("1.2.840.10008.5.1.4.1.1." + each));
    settings
        .get(Setting.GATEWAY_SOP_CLASSES)
        .ifPresent(more -> Arrays.stream(more.split(",")).map(String::trim).forEach(all::add));
    return all;
  }

  private static @Nullable SSLContext tls(Settings settings) {
    String store = settings.get(Setting.GATEWAY_TLS_KEYSTORE).orElse("");
    if (store.isEmpty()) {
      return null;
    }
    return Secrets.tls(
        Path.of(store), Path.of(settings.require(Setting.GATEWAY_TLS_PASSWORD_FILE)));
  }
}
