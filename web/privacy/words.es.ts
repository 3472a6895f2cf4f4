// Spanish.
import type { Words } from "./language";

export const es: Words = {
  lang: "es",
  general: {
    title: "Cómo se valora su solicitud",
    heading: "Cómo se valora su solicitud",
    lead: "El sitio que le ha traído aquí valora las solicitudes, para que reciban respuesta primero las que más la necesitan. Lo que ocurre después lo decide una persona.",
    from: "A partir de qué",
    fromAnswers: "Lo que escribe en el formulario: su cargo, empresa, sector, país y lo que necesita.",
    fromUse: "Qué tipos de páginas ha visto y cómo se usó el formulario: que se rellenó un campo, nunca lo que se escribió o se borró.",
    leaves: "Qué sale de su navegador",
    leavesWhen: "La valoración se hace en su navegador y se queda ahí hasta que envía el formulario. Con él va el registro del que salió, para que se pueda comprobar. Si el sitio quiere saber quién está ahora en un formulario, y usted lo permite, ese registro va también mientras lo rellena.",
    leavesLeft: "Si el sitio quiere saber en qué pregunta abandona la gente, y usted lo permite, una página que usted deja con un formulario empezado y sin enviar dice hasta dónde llegó: cuál fue el último campo, cuántos campos respondió o cambió o en cuántos se detuvo, cuántas veces el formulario rechazó el envío y cuánto duró. El registro va con ello para que se pueda creer, y no se guarda; lo demás se guarda 90 días, no dice nada de lo que usted escribió y no valora a nadie.",
    leavesNot: "Con Global Privacy Control o Do Not Track no se envía ni se guarda ese registro ni ningún identificador; su solicitud llega igualmente. Si el sitio pide antes el consentimiento, vale lo mismo hasta que lo dé.",
    then: "Qué ocurre después",
    thenWhat: "Cuando envía el formulario, el servidor del sitio vuelve a calcular la valoración y la guarda con su solicitud. De ella depende en qué orden se miran las solicitudes y a quién se avisa enseguida. Las personas que trabajan allí ven cada línea, pueden juzgar de otro modo y deciden ellas mismas qué responden.",
    whom: "A quién dirigirse",
    whomHow: "Puede pedir al sitio que le muestre qué se calculó y por qué, que lo corrija, que deje de valorarle y que lo borre. Escríbale como a cualquier otro; quizá su aviso de privacidad nombre a alguien. Si borra los datos de ese sitio en su navegador, desaparece todo lo que se guarda en él.",
    noSite: "Aquí no existe ese sitio",
    noSiteHeading: "Aquí no existe ese sitio",
    noSiteWhy: "Esta página explica a los visitantes cómo valora un sitio sus solicitudes. La dirección nombra un sitio que aquí nadie conoce: puede estar mal escrita, o el sitio ya no está con nosotros.",
    noSiteDo: "Vuelva al formulario y elija «Sus opciones» en la frase junto a él, o pregunte a quienes lo publican.",
  },
  signals: `vio una página|vio los precios|vio un plan|vio una comparativa|leyó el caso de un cliente|leyó la documentación|vio ofertas de empleo
descargó un archivo|buscó en el sitio|abrió un chat|empezó un vídeo|pasó de la mitad de una página|llegó al final de una página
pasó un minuto en el sitio|pasó tres minutos en el sitio|volvió después de un día o más|volvió en una semana
vio un formulario|empezó un formulario|empezó un formulario para hablar con alguien|respondió a un campo obligatorio|respondió a un campo opcional
cambió una respuesta|dejó que el navegador rellenara un campo|pegó una respuesta|envió algo que el formulario rechazó|dejó un formulario empezado
envió un formulario para hablar con alguien|envió un formulario de prueba|envió un registro|envió un formulario de descarga|envió una suscripción|envió un formulario
puso algo en el carrito|fue a la caja|pidió una función de pago|hizo algo que el sitio cuenta por su parte
rellenó un campo que nadie ve|usó un navegador que maneja un programa`,
  unknownSignal: (code) => `algo para lo que esta página no tiene palabras (${code})`,
  fields: {
    email: "correo electrónico", name: "nombre", phone: "teléfono", company: "empresa", role: "cargo", company_size: "tamaño de la empresa",
    industry: "sector", country: "país", budget: "presupuesto", timing: "cuándo quiere empezar", need: "lo que necesita",
    authority: "quién decide", tools: "lo que usa hoy", message: "mensaje",
  },
  fits: { A: "encaja muy bien", B: "encaja bien", C: "encaja en parte", D: "encaja poco", "?": "aún no se sabe si encaja" },
  levels: { "1": "con mucho interés", "2": "con interés", "3": "con algo de interés", "4": "casi sin interés" },
  bands: { cold: "frío", warm: "templado", hot: "caliente" },
  scores: { fit: "encaje", engagement: "interés", grade: "nota", band: "nivel" },
  rating: (grade, fit, level, band) => `Nota ${grade}: ${fit}, ${level}. Nivel: ${band}.`,

  why: {
    asked: "Ha dado su consentimiento, según la herramienta de consentimiento de esa página",
    unasked: "La herramienta de consentimiento de esa página dice que no hace falta pedírselo",
    told: "Ha dado su consentimiento, según esa página",
    none: "El sitio no pide consentimiento",
    notYet: "Aún no ha dado su consentimiento",
    refused: "No ha dado su consentimiento o lo ha retirado",
    ended: "Ha hecho borrar lo que se guardaba, o lo ha rechazado",
  },
  allowed: (why, kept) =>
    kept
      ? `${why}: lo que figura aquí se guarda en su navegador y va con una solicitud que envíe.`
      : `${why}, pero su navegador no guarda nada de ello: lo que figura aquí está solo en la memoria de esa página.`,
  notAllowed: (why) => `${why}: no se guarda nada en su navegador ni se envía ningún registro. Lo que figura aquí está solo en la memoria de esa página y desaparece con ella.`,
  objection: (kept) =>
    kept
      ? "Se ha opuesto: en este navegador no se valora nada y ningún registro va con lo que envía. Solo se guarda su oposición."
      : "Se ha opuesto: en esa página no se valora nada y ningún registro va con lo que envía. Su navegador no deja guardar nada; por eso la oposición se olvida cuando deja esa página.",
  signal:
    "Su navegador envía Global Privacy Control o Do Not Track: no se guarda nada en él, ni se envía ningún registro ni identificador. Lo que figura aquí está solo en la memoria de esa página y desaparece con ella.",

  heldTitle: "Lo que su navegador guarda para ",
  asking: "Preguntando a la página de la que viene…",
  direct:
    "Esta página solo puede mostrarle lo que guarda su navegador, y la valoración que ha hecho, si la abre desde el formulario: elija allí «Sus opciones» en la frase junto al formulario. Lo que se guarda está en la parte de su navegador que es de ese sitio, y solo la página del propio sitio puede leerlo.",
  silent: "La página de la que viene no responde: se ha cerrado o ahora muestra otra cosa. Vuelva al formulario y elija allí «Sus opciones».",
  again: "Preguntar otra vez",
  nothing: "No se guarda nada: ni identificador, ni visitas, ni solicitudes.",
  visitor: "Identificador, un número al azar que identifica este navegador: ",
  noVisitor: "Ningún identificador.",
  visits: "Sus visitas",
  noVisits: "No hay ninguna visita registrada.",
  cameFrom: "Venía de ",
  campaign: "El enlace decía: ",
  active: (minutes) => `${minutes} ${minutes === 1 ? "minuto" : "minutos"} con la página delante.`,
  visit: (began, noted) => `${began}: ${noted} ${noted === 1 ? "cosa anotada" : "cosas anotadas"}`,
  what: "Lo que hizo",
  when: "Cuándo",
  waiting: "Solicitudes que aún no han llegado",
  waitingLine: (at, form, fields) => `${at}, formulario «${form}», con: ${fields}`,
  facts: "Qué más se le ha dicho a esa página sobre usted",

  ratings: "La valoración que resulta",
  noForms: "En esa página no hay ningún formulario que se valore.",
  noEngine: "En su navegador no se hace ninguna valoración: él, o esa página, no deja funcionar el programa que la hace. El servidor del sitio valora lo que envía.",
  noRating: "Aquí no se valora nada.",
  form: "Formulario ",
  asked: (asked, said) => `Pregunta por: ${asked}. ` + (said ? `Ha respondido a: ${said}.` : "No ha respondido a nada."),
  parts: {
    fit: (n) => `Encaje: ${n} de 100. Cuánto coinciden sus respuestas con lo que el sitio busca.`,
    engagement: (n) => `Interés: ${n} de 100. Cuánto interés muestra lo que hizo; se pierde con el tiempo.`,
  },
  reason: "Por qué",
  points: "Puntos",
  sum: "Suma",
  noRows: "Todavía sin puntos.",
  changes: "Qué respuestas la cambiarían",
  changesLead: "Probadas con el mismo programa, una respuesta cada vez; donde escribe usted, con respuestas habituales.",
  noChanges: "Ninguna de las respuestas que se probaron.",
  answer: "Respuesta",
  then: "Entonces",
  other: (field) => `${field}: `,
  left: (field) => `${field}: sin respuesta`,
  more: (n) => ` y ${n} más`,

  choices: "Sus opciones",
  object: "Oponerme a que se me valore",
  objectLead:
    "Se deja de valorar en este navegador, se borra todo aquello de lo que salió la valoración, y ningún registro va ya con lo que envía. Solo se guarda la oposición. Con el próximo formulario que envíe llega al sitio, que entonces no vuelve a valorarle nunca; para que deje de hacerlo antes, pídaselo.",
  forget: "Borrar lo que se guarda",
  forgetLead:
    "Se borra todo lo que este navegador guarda para el sitio. La página siguiente quizá empiece de nuevo si el sitio no pide consentimiento; para que cese del todo, opóngase. Lo que envió antes lo tiene el sitio: pídale que lo borre.",
  forgetWaiting: " También se borra una solicitud que aún no haya llegado.",
  objected: "Se ha opuesto. Para que se le vuelva a valorar algún día, borre los datos de ese sitio en su navegador.",
  done: { object: "Hecho: se ha opuesto.", forget: "Hecho: lo que se guardaba está borrado." },
};
