// German.
import type { Words } from "./language";

export const de: Words = {
  lang: "de",
  general: {
    title: "Wie Ihre Anfrage bewertet wird",
    heading: "Wie Ihre Anfrage bewertet wird",
    lead: "Die Website, die Sie hierher geführt hat, bewertet Anfragen, damit diejenigen zuerst eine Antwort bekommen, die sie am dringendsten brauchen. Was dann geschieht, entscheidet ein Mensch.",
    from: "Woraus die Bewertung entsteht",
    fromAnswers: "Was Sie in das Formular eingeben: Ihre Position, Firma, Branche, Ihr Land und Ihr Bedarf.",
    fromUse: "Welche Arten von Seiten Sie aufgerufen haben und wie das Formular benutzt wurde: dass ein Feld ausgefüllt wurde, nie, was getippt oder gelöscht wurde.",
    leaves: "Was Ihren Browser verlässt",
    leavesWhen: "Die Bewertung entsteht in Ihrem Browser und bleibt dort, bis Sie das Formular senden. Mit ihm geht die Aufzeichnung, aus der sie entstand, damit sie geprüft werden kann. Wo die Website wissen will, wer gerade an einem Formular ist, und Sie es erlauben, geht diese Aufzeichnung auch, während Sie das Formular ausfüllen.",
    leavesLeft: "Wo die Website wissen will, bei welcher Frage Menschen aufgeben, und Sie es erlauben, sagt eine Seite, die Sie mit einem begonnenen und nicht gesendeten Formular verlassen, wie weit Sie kamen: welches Feld das letzte war, wie viele Felder Sie beantwortet oder geändert haben oder an wie vielen Sie verweilten, wie oft das Formular das Senden ablehnte und wie lange es dauerte. Die Aufzeichnung geht mit, damit man dem glauben kann, und wird nicht aufbewahrt; das Übrige wird 90 Tage aufbewahrt, sagt nichts davon, was Sie eingegeben haben, und bewertet niemanden.",
    leavesNot: "Ist Global Privacy Control oder Do Not Track eingeschaltet, wird weder diese Aufzeichnung noch eine Kennung gesendet oder gespeichert; Ihre Anfrage kommt trotzdem an. Wo die Website zuerst um Einwilligung bittet, gilt dasselbe, bis Sie sie geben.",
    then: "Was dann geschieht",
    thenWhat: "Wenn Sie das Formular senden, errechnet der Server der Website die Bewertung noch einmal und bewahrt sie mit Ihrer Anfrage auf. Sie bestimmt, in welcher Reihenfolge Anfragen angesehen werden und wer sofort von einer erfährt. Die Menschen dort sehen jede Zeile davon, können anders urteilen und entscheiden selbst, was sie antworten.",
    whom: "An wen Sie sich wenden können",
    whomHow: "Sie können die Website bitten, Ihnen zu zeigen, was errechnet wurde und warum, es zu berichtigen, Sie nicht mehr zu bewerten und es zu löschen. Schreiben Sie dorthin, wie Sie es sonst auch täten; die Datenschutzerklärung nennt vielleicht jemanden. Wenn Sie die Daten der Website in Ihrem Browser löschen, ist alles weg, was darin aufbewahrt wird.",
    noSite: "Hier gibt es diese Website nicht",
    noSiteHeading: "Hier gibt es diese Website nicht",
    noSiteWhy: "Diese Seite sagt Besuchern, wie eine Website ihre Anfragen bewertet. Die Adresse nennt eine Website, die hier niemand kennt: Vielleicht ist sie falsch geschrieben, oder die Website ist nicht mehr bei uns.",
    noSiteDo: "Gehen Sie zurück zum Formular und wählen Sie im Satz daneben „Ihre Möglichkeiten“, oder fragen Sie diejenigen, deren Formular es ist.",
  },
  signals: `eine Seite aufgerufen|Preise angesehen|einen Tarif angesehen|einen Vergleich angesehen|einen Kundenbericht gelesen|die Dokumentation gelesen|Stellenangebote angesehen
eine Datei heruntergeladen|die Website durchsucht|einen Chat geöffnet|ein Video begonnen|über die Hälfte einer Seite hinaus gescrollt|bis zum Ende einer Seite gescrollt
eine Minute auf der Website verbracht|drei Minuten auf der Website verbracht|nach einem Tag oder später wiedergekommen|innerhalb einer Woche wiedergekommen
ein Formular gesehen|ein Formular begonnen|ein Formular begonnen, mit dem man jemanden sprechen will|ein Pflichtfeld ausgefüllt|ein freiwilliges Feld ausgefüllt
eine Antwort geändert|ein Feld vom Browser ausfüllen lassen|eine Antwort eingefügt|etwas gesendet, das das Formular ablehnte|ein begonnenes Formular verlassen
ein Formular gesendet, mit dem man jemanden sprechen will|ein Formular für eine Testphase gesendet|eine Registrierung gesendet|ein Formular für einen Download gesendet|ein Abonnement gesendet|ein Formular gesendet
etwas in den Warenkorb gelegt|zur Kasse gegangen|nach einer kostenpflichtigen Funktion gefragt|etwas getan, das die Website selbst zählt
ein Feld ausgefüllt, das kein Mensch sieht|einen Browser benutzt, den ein Programm steuert`,
  unknownSignal: (code) => `etwas, wofür diese Seite kein Wort hat (${code})`,
  fields: {
    email: "E-Mail-Adresse", name: "Name", phone: "Telefon", company: "Firma", role: "Position", company_size: "Größe der Firma",
    industry: "Branche", country: "Land", budget: "Budget", timing: "Wann Sie beginnen wollen", need: "Was Sie brauchen",
    authority: "Wer entscheidet", tools: "Was Sie heute nutzen", message: "Nachricht",
  },
  fits: { A: "passt sehr gut", B: "passt gut", C: "passt teilweise", D: "passt kaum", "?": "ob es passt, ist noch nicht bekannt" },
  levels: { "1": "sehr interessiert", "2": "interessiert", "3": "wenig interessiert", "4": "kaum interessiert" },
  bands: { cold: "kalt", warm: "warm", hot: "heiß" },
  scores: { fit: "Eignung", engagement: "Interesse", grade: "Note", band: "Stufe" },
  rating: (grade, fit, level, band) => `Note ${grade}: ${fit}, ${level}. Stufe: ${band}.`,

  why: {
    asked: "Sie haben eingewilligt, wie das Einwilligungswerkzeug jener Seite sagt",
    unasked: "Das Einwilligungswerkzeug jener Seite sagt, dass Sie nicht gefragt werden müssen",
    told: "Sie haben eingewilligt, wie jene Seite sagt",
    none: "Die Website bittet nicht um Einwilligung",
    notYet: "Sie haben noch nicht eingewilligt",
    refused: "Sie haben nicht eingewilligt oder die Einwilligung zurückgenommen",
    ended: "Sie haben das Aufbewahrte löschen lassen oder abgelehnt",
  },
  allowed: (why, kept) =>
    kept
      ? `${why}: Was hier steht, wird in Ihrem Browser aufbewahrt und geht mit einer Anfrage, die Sie senden.`
      : `${why}, doch Ihr Browser bewahrt nichts davon auf: Was hier steht, ist nur im Gedächtnis jener Seite.`,
  notAllowed: (why) => `${why}: In Ihrem Browser wird nichts gespeichert, und keine Aufzeichnung wird gesendet. Was hier steht, ist nur im Gedächtnis jener Seite und vergeht mit ihr.`,
  objection: (kept) =>
    kept
      ? "Sie haben widersprochen: In diesem Browser wird nichts bewertet, und keine Aufzeichnung geht mit dem, was Sie senden. Nur Ihr Widerspruch wird aufbewahrt."
      : "Sie haben widersprochen: Auf jener Seite wird nichts bewertet, und keine Aufzeichnung geht mit dem, was Sie senden. Ihr Browser lässt nichts speichern; deshalb ist der Widerspruch vergessen, wenn Sie jene Seite verlassen.",
  signal:
    "Ihr Browser sendet Global Privacy Control oder Do Not Track: Nichts wird darin gespeichert, und weder eine Aufzeichnung noch eine Kennung wird gesendet. Was hier steht, ist nur im Gedächtnis jener Seite und vergeht mit ihr.",

  heldTitle: "Was Ihr Browser aufbewahrt für ",
  asking: "Die Seite, von der Sie kamen, wird gefragt …",
  direct:
    "Diese Seite kann Ihnen nur zeigen, was Ihr Browser aufbewahrt und wie er Sie bewertet, wenn Sie sie vom Formular aus öffnen: Wählen Sie dort im Satz neben dem Formular „Ihre Möglichkeiten“. Was aufbewahrt wird, liegt im Teil Ihres Browsers, der jener Website gehört, und nur deren eigene Seite kann es lesen.",
  silent: "Die Seite, von der Sie kamen, antwortet nicht: Sie wurde geschlossen oder zeigt jetzt etwas anderes. Gehen Sie zum Formular zurück und wählen Sie dort „Ihre Möglichkeiten“.",
  again: "Noch einmal fragen",
  nothing: "Nichts wird aufbewahrt: keine Kennung, keine Besuche, keine Anfragen.",
  visitor: "Kennung, eine Zufallszahl, die für diesen Browser steht: ",
  noVisitor: "Keine Kennung.",
  visits: "Ihre Besuche",
  noVisits: "Kein Besuch ist aufgezeichnet.",
  cameFrom: "Sie kamen von ",
  campaign: "Der Link nannte: ",
  active: (minutes) => `${minutes} ${minutes === 1 ? "Minute" : "Minuten"} mit der Seite vor sich.`,
  visit: (began, noted) => `${began}: ${noted} ${noted === 1 ? "Eintrag" : "Einträge"}`,
  what: "Was Sie getan haben",
  when: "Wann",
  waiting: "Anfragen, die noch nicht angekommen sind",
  waitingLine: (at, form, fields) => `${at}, Formular „${form}“, mit: ${fields}`,
  facts: "Was jener Seite noch über Sie gesagt wurde",

  ratings: "Die Bewertung, die daraus wurde",
  noForms: "Auf jener Seite ist kein Formular, das bewertet wird.",
  noEngine: "In Ihrem Browser entsteht keine Bewertung: Er oder jene Seite lässt das Programm dafür nicht laufen. Der Server der Website bewertet, was Sie senden.",
  noRating: "Hier wird nichts bewertet.",
  form: "Formular ",
  asked: (asked, said) => `Gefragt wird nach: ${asked}. ` + (said ? `Beantwortet haben Sie: ${said}.` : "Beantwortet haben Sie nichts davon."),
  parts: {
    fit: (n) => `Eignung: ${n} von 100. Wie gut Ihre Antworten zu denen passen, die die Website sucht.`,
    engagement: (n) => `Interesse: ${n} von 100. Wie sehr das, was Sie getan haben, Interesse zeigt; es lässt mit der Zeit nach.`,
  },
  reason: "Warum",
  points: "Punkte",
  sum: "Summe",
  noRows: "Noch keine Punkte.",
  changes: "Mit welchen Antworten sie anders ausfiele",
  changesLead: "Mit demselben Programm ausprobiert, eine Antwort nach der anderen; wo Sie selbst schreiben, mit häufigen Antworten.",
  noChanges: "Keine der Antworten, die ausprobiert wurden.",
  answer: "Antwort",
  then: "Dann",
  other: (field) => `${field}: `,
  left: (field) => `${field}: weggelassen`,
  more: (n) => ` und ${n} weitere`,

  choices: "Ihre Möglichkeiten",
  object: "Der Bewertung widersprechen",
  objectLead:
    "In diesem Browser wird nicht mehr bewertet, alles, woraus die Bewertung entstand, wird gelöscht, und keine Aufzeichnung geht mehr mit dem, was Sie senden. Nur der Widerspruch wird aufbewahrt. Mit dem nächsten Formular, das Sie senden, erreicht er die Website, die Sie dann nie wieder bewertet; soll sie schon vorher damit aufhören, bitten Sie sie darum.",
  forget: "Das Aufbewahrte löschen",
  forgetLead:
    "Alles, was dieser Browser für die Website aufbewahrt, wird gelöscht. Die nächste Seite fängt vielleicht von vorn an, wo die Website nicht um Einwilligung bittet; damit es ganz aufhört, widersprechen Sie. Was Sie vorher gesendet haben, ist bei der Website: Bitten Sie sie, es zu löschen.",
  forgetWaiting: " Eine Anfrage, die noch nicht angekommen ist, wird mitgelöscht.",
  objected: "Sie haben widersprochen. Um eines Tages wieder bewertet zu werden, löschen Sie die Daten jener Website in Ihrem Browser.",
  done: { object: "Erledigt: Sie haben widersprochen.", forget: "Erledigt: Das Aufbewahrte ist gelöscht." },
};
