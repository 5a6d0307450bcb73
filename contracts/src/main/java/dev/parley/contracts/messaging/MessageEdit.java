package dev.parley.contracts.messaging;

import java.util.List;

/** What a message shall be instead. Absent mentions stay those that are there. */
public record MessageEdit(String text, List<String> mentions) {}
