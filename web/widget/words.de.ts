import type { Notice, Words } from "./words";

export const notice: Notice = [
  "Ihre Anfrage wird anhand Ihrer Antworten und der aufgerufenen Seiten bewertet; die Entscheidung trifft ein Mensch. ",
  "Ihre Möglichkeiten",
];

export const words: Words = {
  lang: "de",
  talk: [
    "Sprechen Sie jetzt mit uns",
    "Wenn Sie lieber mit uns sprechen möchten, wählen Sie einen Termin, der Ihnen passt.",
    "Termin wählen",
    "öffnet sich in einem neuen Tab",
  ],
  ask: ["Die Antwort ist freiwillig. Sie wird mit Ihrer Anfrage gesendet und zählt bei deren Bewertung.", "Keine Angabe"],
  close: "Schließen",
  last: "Dies steht am Ende dieser Seite.",
  questions: {
    company_size: ["Wie viele Menschen arbeiten in Ihrem Unternehmen?"],
    role: [
      "Welche Funktion haben Sie?",
      "Inhaberschaft oder Geschäftsführung|Abteilungsleitung|Teamleitung|Fachkraft|Assistenz|Studium oder Praktikum",
    ],
    industry: [
      "In welcher Branche sind Sie tätig?",
      "Fertigung|Großhandel|Einzelhandel|Logistik|Software|Dienstleistungen|Bauwesen|Gesundheitswesen|Finanzwesen|Bildung|Öffentlicher Sektor|Andere Branche",
    ],
    need: [
      "Was möchten Sie vor allem erreichen?",
      "Zeit sparen|Kosten senken|Eine bisherige Lösung ersetzen|Wachsen|Anforderungen erfüllen|Noch nichts Bestimmtes",
    ],
    timing: [
      "Wann möchten Sie beginnen?",
      "So bald wie möglich|Innerhalb von drei Monaten|In drei bis sechs Monaten|Später|Ich möchte mich nur informieren",
    ],
    budget: ["Gibt es dafür ein Budget?", "Ja, bewilligt|Geplant, noch nicht bewilligt|Nein|Das weiß ich nicht"],
    authority: ["Wie wird die Entscheidung getroffen?", "Ich entscheide|Ich entscheide gemeinsam mit anderen|Jemand anderes entscheidet"],
  },
};
