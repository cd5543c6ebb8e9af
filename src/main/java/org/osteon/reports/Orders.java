package org.osteon.reports;

import ca.uhn.hl7v2.ErrorCode;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.preparser.PreParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osteon.digest.Sha256;
import org.osteon.event.ImagingOrder;
import org.osteon.event.OrderStatus;
import org.osteon.event.Priority;
import org.osteon.gateway.SiteNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ORM^O01 and OMI^O23: what was ordered goes on under the names that events have; the order's
 * number as a pseudonym, its reason as a code or not at all.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
final class Orders implements MessageHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
  private static final int DIGITS = 32;

  private final String type;
  private final ReportMapping mapping;
  private final SiteNames names;
  private final OrderNumbers numbers;
  private final Consumer<List<ImagingOrder>> sink;

  /**
   * @param type {@code ORM^O01} or {@code OMI^O23}
   * @param numbers what pseudonyms stand for is kept there, before orders go on
   * @param sink returns when the brokers have all of them
   */
  Orders(
      String type,
      ReportMapping mapping,
      SiteNames names,
      OrderNumbers numbers,
      Consumer<List<ImagingOrder>> sink) {
    this.numbers = numbers;
    this.type = type;
    this.mapping = mapping;
    this.names = names;
    this.sink = sink;
  }

  /** One for each type of message. */
  static List<Orders> both(
      ReportMapping mapping,
      SiteNames names,
      OrderNumbers numbers,
      Consumer<List<ImagingOrder>> sink) {
    return List.of(
        new Orders("ORM^O01", mapping, names, numbers, sink),
        new Orders("OMI^O23", mapping, names, numbers, sink));
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public void handle(Message message, String text) throws HL7Exception {
    List<PlacedOrder> placed = PlacedOrder.of(message);
    if (placed.isEmpty()) {
      throw new HL7Exception("It has no ORC.", ErrorCode.SEGMENT_SEQUENCE_ERROR);
    }
    String sent = PreParser.getFields(text, "MSH-7-1")[0];
    List<ImagingOrder> orders = new ArrayList<>();
    List<OrderNumbers.Numbers> kept = new ArrayList<>();
    String patient = PreParser.getFields(text, "PID-3-1")[0];
    for (PlacedOrder each : placed) {
      ImagingOrder order = order(each, sent == null ? "" : sent);
      orders.add(order);
      if (names.replaces() && order.getOrderNumber() != null) {
        kept.add(
            new OrderNumbers.Numbers(
                order.getOrderNumber(),
                patient == null || patient.isBlank() ? null : names.patient(patient.trim()),
                each.placer(),
                each.filler()));
      }
    }
    numbers.keep(kept);
    sink.accept(orders);
    LOG.info("{} orders were taken.", orders.size());
  }

  private ImagingOrder order(PlacedOrder placed, String sent) throws HL7Exception {
    String study = placed.study();
    String accession = placed.accession(mapping);
    if (study.isEmpty() && accession.isEmpty()) {
      throw new HL7Exception(
          "An order names neither a study nor an accession number.",
          ErrorCode.REQUIRED_FIELD_MISSING);
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    ImagingOrder order =
        ImagingOrder.newBuilder()
            .setOrderId("")
            .setStudyInstanceUid(study.isEmpty() ? null : names.study(study))
            .setAccessionNumber(accession.isEmpty() ? null : names.accession(accession))
            .setOrderNumber(none(names.order(placed.number())))
            .setPriority(placed.stat(mapping) ? Priority.STAT : Priority.ROUTINE)
            .setStatus(placed.ends() ? OrderStatus.CANCELLED : OrderStatus.ACTIVE)
            .setReasonCode(placed.reason())
            .setSaidAt(Times.of(placed.time(), Times.of(sent, now)))
            .setPublishedAt(now)
            .build();
    order.setOrderId(id(order));
    return order;
  }

  private static @Nullable String none(String text) {
    return text.isEmpty() ? null : text;
  }

  /** A pure function of what is said, of what and when: the same message is the same order. */
  private static String id(ImagingOrder order) {
    Sha256 sha = new Sha256();
    for (Object part :
        List.of(
            String.valueOf(order.getStudyInstanceUid()),
            String.valueOf(order.getAccessionNumber()),
            String.valueOf(order.getOrderNumber()),
            order.getPriority(),
            order.getStatus(),
            String.valueOf(order.getReasonCode()),
            order.getSaidAt())) {
      byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
      // With its length, so that no two lists of parts are the same bytes.
      sha.add(bytes.length + ":").add(bytes);
    }
    return sha.hex().substring(0, DIGITS);
  }
}
