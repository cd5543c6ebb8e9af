package org.osteon.metrics;

/** What the gateway exports of itself, as Prometheus reads it. */
public enum GatewayMetric implements ProcessMetric {
  IMAGES(
      "osteon.gateway.images",
      "osteon_gateway_images_total",
      "counter",
      "`answer`",
      "Images that senders offered, by what they were told: `stored`, `away` (send again), `mismatch`, `not_understood`."),
  READY(
      "osteon.gateway.ready",
      "osteon_gateway_ready",
      "gauge",
      "",
      "1 where it listens and a broker answers, else 0."),
  ACKNOWLEDGEMENT(
      "osteon.gateway.acknowledgement",
      "osteon_gateway_acknowledgement_seconds",
      "histogram",
      "",
      "From an image that is understood to the brokers' acknowledgement, upload included.");

  private final ExportedMetric metric;

  GatewayMetric(String id, String exported, String kind, String labels, String meaning) {
    this.metric = new ExportedMetric(id, exported, kind, labels, meaning);
  }

  @Override
  public ExportedMetric metric() {
    return metric;
  }
}
