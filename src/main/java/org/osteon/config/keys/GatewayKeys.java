package org.osteon.config.keys;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** The DICOM and HTTP gateway. */
public final class GatewayKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Integer> DICOM_PORT =
      KEYS.add(
          new Setting<>(
              "gateway.dicom.port",
              "11112",
              ValueTypes.whole(0, 65_535),
              "Port of `osteon gateway` for C-STORE and C-ECHO; 0 takes a free one and prints it.",
              "Without gateway.tls.keystore everything on it can be read on the way."));

  public static final Setting<String> AE_TITLE =
      KEYS.add(
          new Setting<>(
              "gateway.ae.title",
              "OSTEON",
              ValueTypes.text("[A-Za-z0-9_.-]{1,16}", "up to 16 letters, digits or _ . -"),
              "Title by which senders must call.",
              "One that calls by another is rejected."));

  public static final Setting<List<String>> DICOM_STAT_TITLES =
      KEYS.add(
          new Setting<>(
              "gateway.dicom.stat.titles",
              null,
              ValueTypes.list("[A-Za-z0-9_.-]{1,16}", "AE title"),
              "Titles whose images are all STAT: of senders, or by which the gateway is called"
                  + " beside gateway.ae.title.",
              "Where everything is STAT, nothing overtakes."));

  public static final Setting<List<String>> PEERS =
      KEYS.add(
          new Setting<>(
              "gateway.peers",
              "*@127.0.0.0/8, *@::1",
              ValueTypes.peers(),
              "Who may send by DICOM: calling title and network in CIDR notation.",
              "A title proves nothing, an address little: ask for certificates"
                  + " (gateway.tls.clients) where the network is not yours alone."));

  public static final Setting<List<String>> SOP_CLASSES =
      KEYS.add(
          new Setting<>(
              "gateway.sop.classes",
              null,
              ValueTypes.list("[0-9.]{1,64}", "UID"),
              "Storage SOP classes that are taken beside those of radiographs.",
              "What is no radiograph is classified nonetheless, unless modalities says"
                  + " otherwise."));

  public static final Setting<Integer> ASSOCIATIONS =
      KEYS.add(
          new Setting<>(
              "gateway.associations",
              "32",
              ValueTypes.whole(1, 1024),
              "Associations at once; further ones are rejected for the moment.",
              "Too few, and senders wait; a place is taken once an association is accepted."));

  public static final Setting<Integer> PEER_ASSOCIATIONS =
      KEYS.add(
          new Setting<>(
              "gateway.peer.associations",
              "16",
              ValueTypes.whole(1, 1024),
              "Associations at once of one address; of HTTP connections twice as many.",
              "Senders behind one address share it: as many as gateway.associations where all come"
                  + " through one."));

  public static final Setting<Duration> RECEIVE_TIMEOUT_MS =
      KEYS.add(
          new Setting<>(
              "gateway.receive.timeout.ms",
              "120000",
              ValueTypes.millis(500, 3_600_000),
              "Milliseconds from the first byte of an instance, or of an HTTP request, to its last,"
                  + " its answer included.",
              "An image must come over the slowest line within it; a request of STOW-RS with all of"
                  + " its images."));

  public static final Setting<Duration> IDLE_TIMEOUT_MS =
      KEYS.add(
          new Setting<>(
              "gateway.idle.timeout.ms",
              "30000",
              ValueTypes.millis(500, 3_600_000),
              "Milliseconds that a sender may be silent before its association is aborted, and that"
                  + " a request for one, a PDU or the header of an HTTP request may take as a"
                  + " whole.",
              "Some modalities keep an association open between images and must open another"
                  + " then."));

  public static final Setting<Duration> ACK_TIMEOUT_MS =
      KEYS.add(
          new Setting<>(
              "gateway.ack.timeout.ms",
              "20000",
              ValueTypes.millis(500, 600_000),
              "Milliseconds that the brokers may take to acknowledge; then the sender is told to"
                  + " try again.",
              "Longer than a sender waits, and it sends again anyway; the second event is the"
                  + " same."));

  public static final Setting<String> FACILITY =
      KEYS.add(
          new Setting<>(
              "gateway.facility",
              "gateway",
              ValueTypes.text("[A-Za-z0-9_.-]{1,64}", "up to 64 letters, digits or _ . -"),
              "Code of the site in all of its events.",
              "No address and no person: it is published."));

  public static final Setting<Boolean> DEIDENTIFY =
      KEYS.add(
          new Setting<>(
              "gateway.deidentify",
              "true",
              ValueTypes.either("true", "false"),
              "Whether what leaves is de-identified by PS3.15's basic profile.",
              "With false, names and numbers of patients are in the topic."));

  public static final Setting<Boolean> UIDS =
      KEYS.add(
          new Setting<>(
              "gateway.uids",
              "replace",
              ValueTypes.either("replace", "keep"),
              "Whether UIDs are replaced by keyed ones (studies stay together) or kept, so that"
                  + " results name the archive's own.",
              "Kept UIDs lead back to the patient for everyone who may ask the archive."));

  public static final Setting<Path> KEY_FILE =
      KEYS.add(
          new Setting<>(
              "gateway.key.file",
              null,
              ValueTypes.path(),
              "File with at least 32 random bytes: the key of pseudonyms and replaced UIDs.",
              "Another key is another pseudonym for everyone; lost, no result finds its patient"
                  + " again."));

  public static final Setting<Path> TLS_KEYSTORE =
      KEYS.add(
          new Setting<>(
              "gateway.tls.keystore",
              null,
              ValueTypes.path(),
              "PKCS12 store with the gateway's key, and the certificates of clients it trusts; for"
                  + " DICOM and HTTP.",
              "Without it both are plain."));

  public static final Setting<Path> TLS_PASSWORD_FILE =
      KEYS.add(
          new Setting<>(
              "gateway.tls.password.file",
              null,
              ValueTypes.path(),
              "File with the password of that store.",
              "Readable by the gateway alone."));

  public static final Setting<Boolean> TLS_CLIENTS =
      KEYS.add(
          new Setting<>(
              "gateway.tls.clients",
              "false",
              ValueTypes.either("true", "false"),
              "Whether DICOM senders must show a certificate that the store trusts.",
              "Senders without one cannot connect."));

  public static final Setting<Integer> HTTP_PORT =
      KEYS.add(
          new Setting<>(
              "gateway.http.port",
              null,
              ValueTypes.whole(0, 65_535),
              "Port for POST /events and DICOMweb's POST /studies; 0 takes a free one and prints"
                  + " it; without, there is no HTTP.",
              "Without gateway.tls.keystore the token and the images can be read on the way."));

  public static final Setting<Path> HTTP_TOKEN_FILE =
      KEYS.add(
          new Setting<>(
              "gateway.http.token.file",
              null,
              ValueTypes.path(),
              "File with the token that HTTP senders must show, at least 16 characters.",
              "Anyone who has it may publish."));

  private GatewayKeys() {}
}
