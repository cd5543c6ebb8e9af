package org.osteon.deliver.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.util.Terser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osteon.config.value.ConfigException;
import org.osteon.deliver.Deliveries;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.Outcome;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.identity.Original;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Certificates;

/** Messages, against HAPI's own server. */
class Hl7TargetTest extends MessagesToAWard {
  @Test
  void aMessageSaysWhatWasFoundForWhomByWhichVersion() throws Exception {
    int port = Ports.take();
    try (Receiver receiver = new Receiver(port, null);
        Hl7Target target = target(port, "ward.service=RAD1^Röntgen^L", "ward.facility=HOSPITAL")) {
      assertThat(target.send(delivery("r1", Finding.CRITICAL))).isEqualTo(new Outcome.Delivered());
      Terser said = new Terser(receiver.received.get(0));
      assertThat(said.get("MSH-4")).isEqualTo("HOSPITAL");
      assertThat(said.get("MSH-10")).hasSize(20);
      assertThat(said.get("MSH-18")).isEqualTo("UNICODE UTF-8");
      assertThat(said.get("/.PID-3-1")).isEqualTo(Deliveries.NUMBER);
      assertThat(said.get("/.PID-3-5")).isEqualTo("MR");
      assertThat(said.get("/.PID-5-1")).isEqualTo("INVENTED");
      assertThat(said.get("/.PID-5-2")).isEqualTo("IDA");
      assertThat(said.get("/.PID-7")).isEqualTo("19581123");
      assertThat(said.get("/.OBR-3")).isEqualTo("ACC556677");
      assertThat(said.get("/.OBR-4-2")).isEqualTo("Röntgen");
      assertThat(said.get("/.OBR-7")).isEqualTo("20261101101530");
      assertThat(said.get("/.OBR-18")).isEqualTo("ACC556677");
      assertThat(said.get("/.OBR-25")).isEqualTo("P");
      assertThat(said.get("/PATIENT_RESULT/ORDER_OBSERVATION/NTE-3")).contains("research use only");
      Map<String, String> values = values(said);
      assertThat(values)
          .containsEntry("FINDING", "CRITICAL")
          .containsEntry("121071", "125605004")
          .containsEntry("ABNORMAL", "93.00")
          .containsEntry("363698007", "74670003")
          .containsEntry("272741003", "7771000")
          .containsEntry("111001", "osteon-s")
          .containsEntry("111003", "5")
          .containsEntry("110180", "1.2.3.1")
          .containsEntry("121073", "The model sees: fracture.");
    }
  }

  @Test
  void itAnswersTheOrderUnderItsOwnNumbers() throws Exception {
    int port = Ports.take();
    Delivery nameless = delivery("r1", Finding.DEFINITE);
    Delivery ordered =
        new Delivery(
            nameless.result(),
            nameless.original().with(Original.ofOrder("P-17^RIS", "F-9").attributes()),
            nameless.timestamp());
    try (Receiver receiver = new Receiver(port, null)) {
      for (String order : List.of("placer", "both", "off")) {
        try (Hl7Target target = target(port, "ward.order=" + order)) {
          assertThat(target.send(ordered)).isEqualTo(new Outcome.Delivered());
          assertThat(target.send(nameless)).isEqualTo(new Outcome.Delivered());
        }
      }
      Terser placer = new Terser(receiver.received.get(0));
      String orc = "/PATIENT_RESULT/ORDER_OBSERVATION/ORC";
      assertThat(placer.get(orc + "-1")).isEqualTo("RE");
      for (String segment : List.of(orc, "/.OBR")) {
        assertThat(placer.get(segment + "-2-1")).isEqualTo("P-17");
        assertThat(placer.get(segment + "-2-2")).isEqualTo("RIS");
        assertThat(placer.get(segment + "-3-1")).isEqualTo("ACC556677");
        assertThat(new Terser(receiver.received.get(2)).get(segment + "-3-1")).isEqualTo("F-9");
      }
      assertThat(new Terser(receiver.received.get(2)).get("/.OBR-18")).isEqualTo("ACC556677");
      String without = receiver.received.get(1).encode();
      for (int other : new int[] {3, 4, 5}) {
        assertThat(receiver.received.get(other).encode()).isEqualTo(without).doesNotContain("ORC");
      }
    }
  }

  @Test
  void whatWasReferredHasNoLabelAndNothingOfItIsCalledNormal() throws Exception {
    int port = Ports.take();
    try (Receiver receiver = new Receiver(port, null);
        Hl7Target target = target(port)) {
      target.send(delivery("r1", Finding.DOUBT));
      Terser said = new Terser(receiver.received.get(0));
      assertThat(values(said))
          .containsEntry("DECISION", "REFER")
          .containsEntry("121073", "Referred to a person: DOUBT.")
          .doesNotContainKey("121071");
      assertThat(receiver.received.get(0).encode()).doesNotContain("|N|");
    }
  }

  @Test
  void sentTwiceItIsTheSameBytesUnderTheSameId() throws Exception {
    int port = Ports.take();
    try (Receiver receiver = new Receiver(port, null)) {
      for (int i = 0; i < 2; i++) {
        try (Hl7Target target = target(port)) {
          target.send(delivery("r1", Finding.DEFINITE));
          target.send(delivery("r2", Finding.DEFINITE));
        }
      }
      List<String> said = new ArrayList<>();
      for (var each : receiver.received) {
        said.add(each.encode());
      }
      assertThat(said.subList(0, 2)).isEqualTo(said.subList(2, 4)).doesNotHaveDuplicates();
    }
  }

  @Test
  void overTlsToWhomItTrustsAndToNobodyElse() throws Exception {
    int port = Ports.take();
    Certificates theirs = Certificates.make(folder);
    Path pem = theirs.certificatePem(folder.resolve("theirs.pem"));
    try (Receiver receiver = new Receiver(port, theirs.context());
        Hl7Target trusting = target(port, "ward.tls=on", "ward.tls.trust=" + pem);
        Hl7Target stranger = target(port, "ward.tls=on")) {
      assertThat(stranger.send(delivery("r1", Finding.NONE)))
          .isInstanceOfSatisfying(
              Outcome.Away.class, it -> assertThat(it.words()).contains("SSLHandshake"));
      assertThat(trusting.send(delivery("r1", Finding.NONE))).isEqualTo(new Outcome.Delivered());
      assertThat(receiver.received).hasSize(1);
    }
  }

  @Test
  void namesKeepTheirLettersWhateverSetTheyCameIn() throws Exception {
    int port = Ports.take();
    Map<Integer, String> attributes =
        new HashMap<>(Deliveries.original("1.2.3", "1.2.3.1", "1.2.3.1.1").attributes());
    attributes.put(Original.CHARACTER_SET, "\\ISO 2022 IR 87");
    attributes.put(Original.PATIENT_NAME, "Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B");
    Original original = new Original("1.2.3", "1.2.3.1", "1.2.3.1.1", "", attributes);
    assertThat(original.text(Original.PATIENT_NAME)).isEqualTo("Yamada^Tarou=山田^太郎");
    attributes.put(Original.CHARACTER_SET, "ISO_IR 192");
    attributes.put(
        Original.PATIENT_NAME,
        new String(
            "Erdős^Ida & Co^^Dr.^".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    try (Receiver receiver = new Receiver(port, null);
        Hl7Target target = target(port)) {
      ClassificationResult result =
          Deliveries.result("r1", Finding.NONE, "1.2.3", "1.2.3.1.1", null);
      target.send(
          new Delivery(result, new Original("1.2.3", "1.2.3.1", "1.2.3.1.1", "", attributes), 0));
      Terser said = new Terser(receiver.received.get(0));
      assertThat(said.get("/.PID-5-1")).isEqualTo("Erdős");
      assertThat(said.get("/.PID-5-2")).isEqualTo("Ida & Co");
      assertThat(said.get("/.PID-5-5")).isEqualTo("Dr.");
    }
  }

  @Test
  void aSettingThatCannotWorkIsOneSentence() {
    assertThatThrownBy(() -> target(1, "ward.service=RAD1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ward.service is RAD1 and must be CODE^TEXT^SYSTEM");
    assertThatThrownBy(() -> target(1, "ward.application=A|B"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("holds a separator");
    assertThatThrownBy(() -> target(1, "ward.tls.trust=nowhere.pem"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("TLS of ward cannot be set up");
  }

  /** First component of each observation's value by its code. */
  private static Map<String, String> values(Terser said) throws Exception {
    Map<String, String> values = new HashMap<>();
    for (int n = 0; ; n++) {
      String obx = "/PATIENT_RESULT/ORDER_OBSERVATION/OBSERVATION(" + n + ")/OBX";
      String code = said.get(obx + "-3-1");
      if (code == null) {
        return values;
      }
      assertThat(said.get(obx + "-11")).isEqualTo("P");
      values.put(code, said.get(obx + "-5-1"));
    }
  }
}
