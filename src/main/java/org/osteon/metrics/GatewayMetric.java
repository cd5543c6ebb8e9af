package org.osteon.metrics;

/** What the gateway exports of itself, as Prometheus reads it. */
public enum GatewayMetric {
  IMAGES(
      "osteon.gateway.images",
      "osteon_gateway_images_total",
      "counter",
      "Images that senders offered, by what they were told: `stored`, `away` (send again), `mismatch`, `not_understood`."),
  READY(
      "osteon.gateway.ready",
      "osteon_gateway_ready",
      "gauge",
      "1 where it listens and a broker answers, else 0."),
  ACKNOWLEDGEMENT(
      "osteon.gateway.acknowledgement",
      "osteon_gateway_acknowledgement_seconds",
      "histogram",
      "From an image that is understood to the brokers' acknowledgement, upload included.");

  private final String id;
  private final String exported;
  private final String kind;
  private final String meaning;

  GatewayMetric(String id, String exported, String kind, String meaning) {
    this.id = id;
    this.exported = exported;
    this.kind = kind;
    this.meaning = meaning;
  }

  /** The meter's name. */
  public String id() {
    return id;
  }

  /** The name in Prometheus' text. */
  public String exported() {
    return exported;
  }

  String row() {
    return "| `%s` | %s | %s | %s |%n"
        .formatted(exported, kind, this == IMAGES ? "`answer`" : "", meaning);
  }
}
