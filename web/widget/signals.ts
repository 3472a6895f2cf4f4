// Signals, by their code in the evidence log. A name is looked up only where a page or a setting says one.

/** Signals that the widget itself logs. */
export const enum Signal {
  PageViewed = 1,
  FileDownloaded = 8,
  ScrolledHalf = 12,
  ScrolledEnd = 13,
  Active60s = 14,
  Active180s = 15,
  ReturnedDay = 16,
  ReturnedWeek = 17,
  FormViewed = 18,
  FormStarted = 19,
  AskStarted = 20,
  FieldAnswered = 21,
  OptionalAnswered = 22,
  FieldCorrected = 23,
  FieldAutofilled = 24,
  FieldPasted = 25,
  ValidationFailed = 26,
  FormAbandoned = 27,
  AskSubmitted = 28,
  FormSubmitted = 33,
  HoneypotFilled = 38,
  AutomationMarked = 39,
}
