package org.osteon.config.keys;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** What radiologists report, coming in by HL7 v2. */
public final class ReportKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Integer> HL7_PORT =
      KEYS.add(
          new Setting<>(
              "reports.hl7.port",
              "2575",
              ValueTypes.whole(0, 65_535),
              "Port of `osteon truth listen` for HL7 v2 by MLLP; 0 takes a free one and prints it.",
              "Without gateway.tls.keystore reports can be read on the way."));

  public static final Setting<List<String>> HL7_NETWORKS =
      KEYS.add(
          new Setting<>(
              "reports.hl7.networks",
              "127.0.0.0/8, ::1",
              ValueTypes.list("[0-9A-Fa-f.:/]{2,49}", "network in CIDR notation"),
              "Networks from which messages are taken.",
              "Anyone who may send can make a version look better or worse than it is: name the integration engine alone."));

  public static final Setting<Integer> HL7_CONNECTIONS =
      KEYS.add(
          new Setting<>(
              "reports.hl7.connections",
              "16",
              ValueTypes.whole(1, 1024),
              "Connections at once; further ones are closed.",
              "Engines keep theirs open and need one or two."));

  public static final Setting<Integer> FHIR_PORT =
      KEYS.add(
          new Setting<>(
              "reports.fhir.port",
              null,
              ValueTypes.whole(0, 65_535),
              "Port of `osteon truth listen` for POST /DiagnosticReport (FHIR R4); 0 takes a free one and prints it; without, there is none.",
              "Without gateway.tls.keystore the token and the reports can be read on the way."));

  public static final Setting<Path> FHIR_TOKEN_FILE =
      KEYS.add(
          new Setting<>(
              "reports.fhir.token.file",
              null,
              ValueTypes.path(),
              "File with the token that senders of FHIR must show, at least 16 characters.",
              "Anyone who has it may say what was found."));

  public static final Setting<Path> MAPPING_FILE =
      KEYS.add(
          new Setting<>(
              "reports.mapping.file",
              null,
              ValueTypes.path(),
              "Properties file with what codes of reports mean and where messages hold an order's numbers.",
              "Without it codes mean nothing and English words alone are read."));

  public static final Setting<InetSocketAddress> HEALTH_LISTEN =
      KEYS.add(
          new Setting<>(
              "reports.health.listen",
              null,
              ValueTypes.listen(),
              "Address and port of the listener's own /livez, /readyz and /metrics; port 0 takes a free one; without, there are none.",
              "It listens in plain HTTP and asks for no token: keep it inside the cluster."));

  private ReportKeys() {}
}
