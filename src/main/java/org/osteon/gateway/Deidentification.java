package org.osteon.gateway;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osteon.gateway.AttributeTable.Row;
import org.osteon.identity.Original;
import org.osteon.image.dicom.DicomRule;

/**
 * The basic profile of PS3.15 annex E for one file, stricter where it leaves a choice: an attribute
 * leaves only if the table names it, and a text only if it is a code.
 *
 * <p><b>Threading.</b> One thread; one file.
 */
final class Deidentification implements DicomRule {
  static final int ACCESSION_NUMBER = 0x0008_0050;
  static final int PATIENT_ID = 0x0010_0020;

  /** Deidentification Method (0012,0063). */
  static final String METHOD = "PS3.15 E.1 BASIC PROFILE (113100), OSTEON GATEWAY";

  private static final int ACCESSION_DIGITS = 16;
  static final int PATIENT_DIGITS = 32;
  private static final Pattern CODE = Pattern.compile("[A-Z0-9 _.\\-]{0,16}");
  private static final Pattern NUMBER =
      Pattern.compile(" *[+-]?[0-9]*\\.?[0-9]*([eE][+-]?[0-9]+)? *");

  /** Characters of a number, twice what DICOM allows since writers do not count. */
  private static final int LONGEST_NUMBER = 32;

  private static final int MOST_VALUES = 64;
  private static final Pattern UIDS = Pattern.compile("[0-9.]{0,64}");

  private static final SortedMap<Integer, Added> ADDED =
      new TreeMap<>(
          Map.of(0x0012_0062, new Added("CS", "YES"), 0x0012_0063, new Added("LO", METHOD)));

  private final AttributeTable table;
  private final Pseudonyms pseudonyms;
  private final boolean hashUids;
  private final Map<Integer, String> original = new TreeMap<>();
  private String patient = "";
  private String accession = "";

  Deidentification(AttributeTable table, Pseudonyms pseudonyms, boolean hashUids) {
    this.table = table;
    this.pseudonyms = pseudonyms;
    this.hashUids = hashUids;
  }

  /** The patient's pseudonym, once the file was copied; empty where it names none. */
  String patient() {
    return patient;
  }

  /** The order's pseudonym, once the file was copied; empty where it names none. */
  String accession() {
    return accession;
  }

  /** What stood in the copied file of the attributes that an archive needs to know again. */
  Map<Integer, String> original() {
    return original;
  }

  @Override
  public SortedMap<Integer, Added> added() {
    return ADDED;
  }

  @Override
  public Fate of(int tag) {
    Row row = table.of(tag);
    if (row == null) {
      // Shown to replaced(), which notes it and leaves it out.
      return Original.WANTED.contains(tag) ? Fate.REPLACED : Fate.LEFT_OUT;
    }
    return switch (row.action()) {
      case 'K' -> Fate.KEPT;
      case 'S' -> Fate.ITEMS;
      default -> Fate.REPLACED;
    };
  }

  @Override
  public boolean kept(int tag, String value) {
    note(tag, value.replace('\0', ' ').trim());
    Row row = table.of(tag);
    String vr = row == null ? "" : row.vr();
    String text = value.replace('\0', ' ').trim();
    return switch (vr) {
      case "CS", "LO" -> each(text, CODE);
      case "DS", "IS" -> each(text, NUMBER);
      case "UI" -> UIDS.matcher(text).matches();
      default -> false;
    };
  }

  private static boolean each(String text, Pattern pattern) {
    String[] values = text.split("\\\\", -1);
    return values.length <= MOST_VALUES
        && Arrays.stream(values)
            .allMatch(each -> each.length() <= LONGEST_NUMBER && pattern.matcher(each).matches());
  }

  @Override
  public String vr(int tag) {
    Row row = table.of(tag);
    return row == null ? "LO" : row.vr();
  }

  @Override
  public @Nullable String replaced(int tag, String value) {
    note(tag, value);
    Row row = table.of(tag);
    if (row == null) {
      return null;
    }
    if (row.action() == 'Z') {
      return "";
    }
    if (row.action() == 'U') {
      String uid = UIDS.matcher(value).matches() ? value : "";
      return hashUids ? pseudonyms.uid(uid) : uid;
    }
    if (tag == PATIENT_ID) {
      patient = pseudonyms.of("patient", value, PATIENT_DIGITS);
      return patient;
    }
    accession = pseudonyms.of("accession", value, ACCESSION_DIGITS);
    return accession;
  }

  /** The first of a tag: those of items within a sequence come behind the data set's own. */
  private void note(int tag, String value) {
    if (Original.WANTED.contains(tag) && !value.isEmpty()) {
      original.putIfAbsent(tag, value);
    }
  }
}
