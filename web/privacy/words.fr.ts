// French. Spaces before signs are no-break ones, as its typography has them.
import type { Words } from "./language";

export const fr: Words = {
  lang: "fr",
  general: {
    title: "Comment votre demande est évaluée",
    heading: "Comment votre demande est évaluée",
    lead: "Le site qui vous a conduit ici évalue les demandes, afin que celles qui pressent le plus reçoivent une réponse en premier. C’est une personne qui décide de la suite.",
    from: "À partir de quoi",
    fromAnswers: "Ce que vous saisissez dans le formulaire : votre fonction, votre entreprise, votre secteur, votre pays et votre besoin.",
    fromUse: "Les types de pages que vous avez consultés et la façon dont le formulaire a été utilisé : qu’un champ a été rempli, jamais ce qui a été tapé ou effacé.",
    leaves: "Ce qui quitte votre navigateur",
    leavesWhen: "L’évaluation est faite dans votre navigateur et y reste jusqu’à l’envoi du formulaire. L’enregistrement dont elle est issue part avec lui, pour qu’elle puisse être vérifiée. Si le site veut savoir qui est en train de remplir un formulaire, et si vous le permettez, cet enregistrement part aussi pendant que vous le remplissez.",
    leavesLeft: "Si le site veut savoir à quelle question on abandonne, et si vous le permettez, une page que vous quittez avec un formulaire commencé et non envoyé dit jusqu’où vous êtes allé : quel champ fut le dernier, à combien de champs vous avez répondu, combien vous avez modifiés et devant combien vous vous êtes arrêté, combien de fois le formulaire a refusé l’envoi et combien de temps cela a pris. L’enregistrement part avec, pour que l’on puisse y croire, et n’est pas conservé ; le reste est conservé 90 jours, ne dit rien de ce que vous avez saisi et n’évalue personne.",
    leavesNot: "Avec Global Privacy Control ou Do Not Track, ni cet enregistrement ni aucun identifiant n’est envoyé ou conservé ; votre demande arrive quand même. Si le site demande d’abord votre consentement, il en va de même jusqu’à ce que vous le donniez.",
    then: "Ce qui se passe ensuite",
    thenWhat: "Quand vous envoyez le formulaire, le serveur du site refait le calcul et garde l’évaluation avec votre demande. Elle décide dans quel ordre les demandes sont lues et qui en est averti aussitôt. Les personnes qui y travaillent en voient chaque ligne, peuvent juger autrement et décident elles-mêmes de leur réponse.",
    whom: "À qui vous adresser",
    whomHow: "Vous pouvez demander au site de vous montrer ce qui a été calculé et pourquoi, de le corriger, de ne plus vous évaluer et de l’effacer. Écrivez-lui comme à tout autre ; sa politique de confidentialité nomme peut-être quelqu’un. Effacer les données de ce site dans votre navigateur supprime tout ce qui y est conservé.",
    noSite: "Ce site n’existe pas ici",
    noSiteHeading: "Ce site n’existe pas ici",
    noSiteWhy: "Cette page dit aux visiteurs comment un site évalue leurs demandes. L’adresse nomme un site que personne ne connaît ici : elle est peut-être mal écrite, ou le site n’est plus chez nous.",
    noSiteDo: "Retournez au formulaire et choisissez « Vos choix » dans la phrase qui l’accompagne, ou demandez à ceux dont c’est le formulaire.",
  },
  signals: `consulté une page|consulté les prix|consulté une offre|consulté un comparatif|lu un témoignage de client|lu la documentation|consulté les offres d’emploi
téléchargé un fichier|cherché sur le site|ouvert une discussion|lancé une vidéo|fait défiler plus de la moitié d’une page|fait défiler une page jusqu’au bout
passé une minute sur le site|passé trois minutes sur le site|revenu après un jour ou plus|revenu dans la semaine
vu un formulaire|commencé un formulaire|commencé un formulaire pour parler à quelqu’un|rempli un champ obligatoire|rempli un champ facultatif
modifié une réponse|laissé le navigateur remplir un champ|collé une réponse|envoyé quelque chose que le formulaire a refusé|quitté un formulaire commencé
envoyé un formulaire pour parler à quelqu’un|envoyé un formulaire d’essai|envoyé une inscription|envoyé un formulaire de téléchargement|envoyé un abonnement|envoyé un formulaire
mis quelque chose au panier|allé à la caisse|demandé une fonction payante|fait quelque chose que le site compte lui-même
rempli un champ que personne ne voit|utilisé un navigateur piloté par un programme`,
  unknownSignal: (code) => `quelque chose que cette page ne sait pas nommer (${code})`,
  fields: {
    email: "adresse e-mail", name: "nom", phone: "téléphone", company: "entreprise", role: "fonction", company_size: "taille de l’entreprise",
    industry: "secteur", country: "pays", budget: "budget", timing: "quand vous voulez commencer", need: "ce dont vous avez besoin",
    authority: "qui décide", tools: "ce que vous utilisez aujourd’hui", message: "message",
  },
  fits: { A: "correspond très bien", B: "correspond bien", C: "correspond en partie", D: "correspond peu", "?": "correspondance encore inconnue" },
  levels: { "1": "très intéressé", "2": "intéressé", "3": "un peu intéressé", "4": "à peine intéressé" },
  bands: { cold: "froid", warm: "tiède", hot: "chaud" },
  scores: { fit: "correspondance", engagement: "intérêt", grade: "note", band: "niveau" },
  rating: (grade, fit, level, band) => `Note ${grade} : ${fit}, ${level}. Niveau : ${band}.`,

  why: {
    asked: "Vous avez consenti, comme le dit l’outil de consentement de cette page",
    unasked: "L’outil de consentement de cette page dit qu’il n’est pas nécessaire de vous le demander",
    told: "Vous avez consenti, comme le dit cette page",
    none: "Le site ne demande pas de consentement",
    notYet: "Vous n’avez pas encore consenti",
    refused: "Vous n’avez pas consenti, ou vous avez retiré votre consentement",
    ended: "Vous avez fait effacer ce qui était conservé, ou vous avez refusé",
  },
  allowed: (why, kept) =>
    kept
      ? `${why} : ce qui figure ici est conservé dans votre navigateur et part avec une demande que vous envoyez.`
      : `${why}, mais votre navigateur n’en conserve rien : ce qui figure ici n’est que dans la mémoire de cette page.`,
  notAllowed: (why) => `${why} : rien n’est conservé dans votre navigateur et aucun enregistrement n’est envoyé. Ce qui figure ici n’est que dans la mémoire de cette page et disparaît avec elle.`,
  objection: (kept) =>
    kept
      ? "Vous vous êtes opposé : rien n’est évalué dans ce navigateur et aucun enregistrement ne part avec ce que vous envoyez. Seule votre opposition est conservée."
      : "Vous vous êtes opposé : rien n’est évalué sur cette page et aucun enregistrement ne part avec ce que vous envoyez. Votre navigateur ne laisse rien conserver ; l’opposition est donc oubliée quand vous quittez cette page.",
  signal:
    "Votre navigateur envoie Global Privacy Control ou Do Not Track : rien n’y est conservé, et ni enregistrement ni identifiant n’est envoyé. Ce qui figure ici n’est que dans la mémoire de cette page et disparaît avec elle.",

  heldTitle: "Ce que votre navigateur conserve pour ",
  asking: "La page d’où vous venez est interrogée…",
  direct:
    "Cette page ne peut vous montrer ce que votre navigateur conserve, et l’évaluation qu’il en a faite, que si vous l’ouvrez depuis le formulaire : choisissez-y « Vos choix » dans la phrase à côté du formulaire. Ce qui est conservé se trouve dans la partie de votre navigateur qui appartient à ce site, et seule la page du site peut le lire.",
  silent: "La page d’où vous venez ne répond pas : elle a été fermée ou affiche maintenant autre chose. Retournez au formulaire et choisissez-y « Vos choix ».",
  again: "Demander à nouveau",
  nothing: "Rien n’est conservé : ni identifiant, ni visites, ni demandes.",
  visitor: "Identifiant, un nombre au hasard qui désigne ce navigateur : ",
  noVisitor: "Aucun identifiant.",
  visits: "Vos visites",
  noVisits: "Aucune visite n’est enregistrée.",
  cameFrom: "Vous veniez de ",
  campaign: "Le lien indiquait : ",
  active: (minutes) => `${minutes} ${minutes < 2 ? "minute" : "minutes"} avec la page devant vous.`,
  visit: (began, noted) => `${began} : ${noted} ${noted < 2 ? "élément noté" : "éléments notés"}`,
  what: "Ce que vous avez fait",
  when: "Quand",
  waiting: "Demandes qui ne sont pas encore arrivées",
  waitingLine: (at, form, fields) => `${at}, formulaire « ${form} », avec : ${fields}`,
  facts: "Ce que cette page a appris d’autre sur vous",

  ratings: "L’évaluation qui en est faite",
  noForms: "Il n’y a sur cette page aucun formulaire qui soit évalué.",
  noEngine: "Aucune évaluation n’est faite dans votre navigateur : lui, ou cette page, ne laisse pas tourner le programme qui la fait. Le serveur du site évalue ce que vous envoyez.",
  noRating: "Rien n’est évalué ici.",
  form: "Formulaire ",
  asked: (asked, said) => `Il demande : ${asked}. ` + (said ? `Vous avez répondu à : ${said}.` : "Vous n’avez répondu à rien."),
  parts: {
    fit: (n) => `Correspondance : ${n} sur 100. À quel point vos réponses correspondent à ce que le site recherche.`,
    engagement: (n) => `Intérêt : ${n} sur 100. À quel point ce que vous avez fait montre de l’intérêt ; il s’efface avec le temps.`,
  },
  reason: "Pourquoi",
  points: "Points",
  sum: "Total",
  noRows: "Pas encore de points.",
  changes: "Quelles réponses la changeraient",
  changesLead: "Essayées avec le même programme, une réponse à la fois ; là où vous écrivez vous-même, avec des réponses courantes.",
  noChanges: "Aucune des réponses essayées.",
  answer: "Réponse",
  then: "Alors",
  other: (field) => `${field} : `,
  left: (field) => `${field} : sans réponse`,
  more: (n) => ` et ${n} de plus`,

  choices: "Vos choix",
  object: "M’opposer à l’évaluation",
  objectLead:
    "L’évaluation cesse dans ce navigateur, tout ce dont elle est issue est effacé, et aucun enregistrement ne part plus avec ce que vous envoyez. Seule l’opposition est conservée. Elle parvient au site avec le prochain formulaire que vous envoyez, et il ne vous évalue alors plus jamais ; pour qu’il cesse avant, demandez-le-lui.",
  forget: "Effacer ce qui est conservé",
  forgetLead:
    "Tout ce que ce navigateur conserve pour le site est effacé. La page suivante peut recommencer là où le site ne demande pas de consentement ; pour que cela cesse, opposez-vous. Ce que vous avez envoyé avant se trouve chez le site : demandez-lui de l’effacer.",
  forgetWaiting: " Une demande qui n’est pas encore arrivée est effacée aussi.",
  objected: "Vous vous êtes opposé. Pour être évalué à nouveau un jour, effacez les données de ce site dans votre navigateur.",
  done: { object: "C’est fait : vous vous êtes opposé.", forget: "C’est fait : ce qui était conservé est effacé." },
};
