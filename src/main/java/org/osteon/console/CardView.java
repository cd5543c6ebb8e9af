package org.osteon.console;

import java.util.List;

/**
 * What the template shows of a version's card.
 *
 * @param label {@code name/version}
 * @param html the card, rendered and escaped
 * @param figures file names, PNG
 */
public record CardView(String label, String html, List<String> figures) {}
