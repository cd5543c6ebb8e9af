package org.osteon.deliver.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osteon.config.value.ConfigException;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TlsSettings;

/**
 * A target of type {@code hl7}.
 *
 * @param host that listens
 * @param port its port
 * @param tls null for a plain connection
 * @param charset of the bytes on the line
 * @param header what stands in each message
 */
public record Hl7Settings(
    String host, int port, @Nullable SSLContext tls, Charset charset, Header header) {
  private static final String LATIN = "8859/1";
  private static final String SERVICE = "18748-4^Diagnostic imaging study^LN";

  /**
   * What stands in each message by configuration.
   *
   * @param application MSH-3
   * @param facility MSH-4, or empty for each result's own
   * @param toApplication MSH-5
   * @param toFacility MSH-6
   * @param processing MSH-11: P, T or D
   * @param service OBR-4: code, text and coding system, with carets between them
   * @param order whether the order's number is said: {@code placer}, {@code both}, {@code off}
   */
  public record Header(
      String application,
      String facility,
      String toApplication,
      String toFacility,
      String processing,
      String service,
      String order) {}

  /**
   * @throws ConfigException it cannot work
   */
  public static Hl7Settings of(TargetSettings target) {
    boolean tls = target.word("tls", "off", "off|on").equals("on");
    SSLContext context = TlsSettings.of(target);
    return new Hl7Settings(
        target.required("host"),
        target.port("port"),
        tls ? context : null,
        target.word("charset", "UTF-8", "UTF-8|" + LATIN).equals(LATIN)
            ? StandardCharsets.ISO_8859_1
            : StandardCharsets.UTF_8,
        new Header(
            name(target, "application", "OSTEON"),
            name(target, "facility", ""),
            name(target, "receiver.application", ""),
            name(target, "receiver.facility", ""),
            target.word("processing", "P", "P|T|D"),
            service(target),
            target.word("order", "placer", "placer|both|off")));
  }

  /** MSH-18's name of the character set. */
  String charsetName() {
    return charset.equals(StandardCharsets.UTF_8) ? "UNICODE UTF-8" : LATIN;
  }

  private static String name(TargetSettings target, String key, String otherwise) {
    String name = target.text(key, otherwise);
    if (!name.matches("[^|^~\\\\&\\p{Cntrl}]{0,180}")) {
      throw new ConfigException(
          "deliver.targets.file: %s.%s holds a separator of HL7: give plain text."
              .formatted(target.name(), key));
    }
    return name;
  }

  private static String service(TargetSettings target) {
    String service = target.text("service", SERVICE);
    if (!service.matches(
        "[^|^~\\\\&\\p{Cntrl}]+\\^[^|^~\\\\&\\p{Cntrl}]+\\^[^|^~\\\\&\\p{Cntrl}]+")) {
      throw new ConfigException(
          "deliver.targets.file: %s.service is %s and must be CODE^TEXT^SYSTEM, as %s."
              .formatted(target.name(), service, SERVICE));
    }
    return service;
  }
}
