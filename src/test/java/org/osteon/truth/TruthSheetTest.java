package org.osteon.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.client.OperationFailedException;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;

class TruthSheetTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final String HEADER =
      "study,event,label,fracture_type,body_part,role,status,said_at,saw_answer\n";
  private static final String GOOD =
      "1.2.3,,fractured,23-A2,wrist,report,final,2026-11-27T10:00:00+01:00,no\n";

  @TempDir private Path folder;

  @Test
  void aRowIsWhatItSays() throws Exception {
    TruthSheet sheet =
        read(
            "\uFEFF"
                + HEADER
                + GOOD
                + "1.2.4,e-7,,,,Second Reader,withdrawn,2026-11-27T10:00:00Z,\n");
    assertThat(sheet.faults()).isEmpty();
    Truth first = sheet.truths().get(0);
    assertThat(first.getStudyInstanceUid()).isEqualTo("1.2.3");
    assertThat(first.getEventId()).isNull();
    assertThat(first.getLabel()).isEqualTo(Label.FRACTURED);
    assertThat(first.getFractureType()).isEqualTo("23-A2");
    assertThat(first.getBodyPart()).isEqualTo("WRIST");
    assertThat(first.getRole()).isEqualTo(TruthRole.REPORT);
    assertThat(first.getStatus()).isEqualTo(TruthStatus.FINAL);
    assertThat(first.getSawAnswer()).isFalse();
    assertThat(first.getSaidAt()).isEqualTo("2026-11-27T09:00:00Z");
    assertThat(first.getPublishedAt()).isEqualTo(NOW);
    Truth second = sheet.truths().get(1);
    assertThat(second.getEventId()).isEqualTo("e-7");
    assertThat(second.getLabel()).isEqualTo(Label.UNKNOWN);
    assertThat(second.getRole()).isEqualTo(TruthRole.SECOND_READER);
    assertThat(second.getStatus()).isEqualTo(TruthStatus.WITHDRAWN);
    assertThat(second.getSawAnswer()).isNull();
  }

  @Test
  void fourColumnsAreEnoughInAnyOrder() throws Exception {
    TruthSheet sheet =
        read("Role,Study,Said_At,Label\nFOLLOW_UP,1.2.3,2026-11-01T00:00:00Z,HEALTHY\n");
    assertThat(sheet.faults()).isEmpty();
    assertThat(sheet.truths())
        .singleElement()
        .satisfies(
            truth -> {
              assertThat(truth.getStatus()).isEqualTo(TruthStatus.FINAL);
              assertThat(truth.getLabel()).isEqualTo(Label.HEALTHY);
            });
  }

  @Test
  void theSameRowIsTheSameTruthAndAnotherIsAnother() throws Exception {
    String other = GOOD.replace("fractured", "healthy");
    TruthSheet sheet = read(HEADER + GOOD + GOOD + other);
    assertThat(sheet.truths().get(0).getTruthId())
        .isEqualTo(sheet.truths().get(1).getTruthId())
        .isNotEqualTo(sheet.truths().get(2).getTruthId())
        .hasSize(32);
  }

  @Test
  void studiesGetTheNamesThatEventsHave() throws Exception {
    assertThat(read(HEADER + GOOD, uid -> "2.25." + uid.length()).truths().get(0))
        .extracting(Truth::getStudyInstanceUid)
        .isEqualTo("2.25.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.3|OTTO^ANNA|study must be a Study Instance UID",
        "fractured|broken|label must be one of HEALTHY, FRACTURED, BEYOND_REPAIR",
        "fractured|unknown|label must be one of",
        "fractured||label must be one of",
        "report|Dr. Otto|role must be one of REPORT, SECOND_READER, FOLLOW_UP",
        "final|done|status must be one of",
        "2026-11-27T10:00:00+01:00|27.11.2026|said_at must be a time with its offset",
        "2026-11-27T10:00:00+01:00|2026-11-29T10:00:00Z|said_at lies in the future",
        "no|perhaps|saw_answer must be yes, no or empty",
        "23-A2|Ötto broke it|fracture_type must be a code",
        "wrist|the left wrist of somebody whom we all know well|body_part must be a code",
        "1.2.3,|1.2.3|it has 8 fields where the header has 9",
      })
  void whatIsWrongIsSaidByLineAndColumnAlone(String right, String wrong, String said)
      throws Exception {
    String mistaken = wrong == null ? "" : wrong;
    TruthSheet sheet = read(HEADER + GOOD + "\n" + GOOD.replaceFirst(quoted(right), mistaken));
    assertThat(sheet.truths()).hasSize(1);
    assertThat(sheet.faults())
        .singleElement()
        .asString()
        .startsWith("Line 4: ")
        .contains(said)
        .doesNotContainIgnoringCase("otto");
  }

  @Test
  void theLastRowNeedsNoLineBreakAndTheOthersStand() throws Exception {
    TruthSheet sheet = read(HEADER + GOOD + "nonsense");
    assertThat(sheet.truths()).hasSize(1);
    assertThat(sheet.faults()).singleElement().asString().startsWith("Line 3: ");
  }

  @Test
  void whatIsNoSheetIsRefusedWithASentence() {
    refused("study,label\n", "no column role");
    refused(HEADER.replace("event", "patient_name") + GOOD, "1 columns that mean nothing here");
    refused("study,study,label,role,said_at\n", "names a column twice");
    refused(HEADER + "\"1.2.3,,", "A quote in the sheet");
    assertThatThrownBy(
            () ->
                TruthSheet.read(
                    Files.write(
                        folder.resolve("latin"),
                        (HEADER + "Ä").getBytes(StandardCharsets.ISO_8859_1)),
                    UnaryOperator.identity(),
                    NOW))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("UTF-8");
  }

  private void refused(String text, String because) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining(because);
  }

  private static String quoted(String text) {
    return java.util.regex.Pattern.quote(text);
  }

  private TruthSheet read(String text) throws IOException {
    return read(text, UnaryOperator.identity());
  }

  private TruthSheet read(String text, UnaryOperator<String> studies) throws IOException {
    Path file = Files.writeString(folder.resolve("truths.csv"), text, StandardCharsets.UTF_8);
    return TruthSheet.read(file, studies, NOW);
  }
}
