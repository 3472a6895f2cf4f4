// Answers to the questions that sites commonly ask, as engine and reps read them.

/**
 * Answers that a person may choose, by profile field, divided by "|". What each says to the visitor is in `words.*.ts`, in the
 * same order. Countries are too many, and names, messages and tools are texts.
 */
export const PRESETS: Record<string, string> = {
  company_size: "1-10|11-50|51-200|201-500|501-1000|1001-5000|5001+",
  role: "owner or managing director|head of department|manager|specialist|assistant|student or intern",
  industry: "manufacturing|wholesale|retail|logistics|software|services|construction|health care|finance|education|public sector|other",
  need: "save time|lower costs|replace what we use|grow|meet requirements|none",
  timing: "now|under_3_months|3_to_6_months|later|just_looking",
  budget: "approved|planned|none|unknown",
  authority: "me|me_and_others|somebody_else",
};
