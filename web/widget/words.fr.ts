import type { Notice, Words } from "./words";

export const notice: Notice = [
  "Votre demande est évaluée d’après vos réponses et les pages consultées ; une personne décide. ",
  "Vos choix",
];

export const words: Words = {
  lang: "fr",
  talk: [
    "Parlez-nous dès maintenant",
    "Si vous préférez en parler de vive voix, choisissez le moment qui vous convient.",
    "Choisir un rendez-vous",
    "s’ouvre dans un nouvel onglet",
  ],
  ask: ["La réponse est facultative. Elle est envoyée avec votre demande et compte dans son évaluation.", "Sans réponse"],
  close: "Fermer",
  last: "Ceci se trouve à la fin de cette page.",
  questions: {
    company_size: ["Combien de personnes travaillent dans votre entreprise ?"],
    role: [
      "Quelle est votre fonction ?",
      "Propriétaire ou direction générale|Direction de service|Encadrement d’équipe|Spécialiste|Assistanat|Études ou stage",
    ],
    industry: [
      "Quel est votre secteur d’activité ?",
      "Industrie|Commerce de gros|Commerce de détail|Logistique|Logiciels|Services|Construction|Santé|Finance|Éducation|Secteur public|Autre secteur",
    ],
    need: [
      "Que souhaitez-vous avant tout ?",
      "Gagner du temps|Réduire les coûts|Remplacer une solution actuelle|Développer l’activité|Respecter des exigences|Rien de précis pour l’instant",
    ],
    timing: [
      "Quand souhaitez-vous commencer ?",
      "Dès que possible|D’ici trois mois|Dans trois à six mois|Plus tard|Je souhaite seulement m’informer",
    ],
    budget: ["Un budget est-il prévu ?", "Oui, approuvé|Prévu, pas encore approuvé|Non|Je ne sais pas"],
    authority: ["Comment la décision sera-t-elle prise ?", "Je décide|Je décide avec d’autres personnes|Quelqu’un d’autre décide"],
  },
};
