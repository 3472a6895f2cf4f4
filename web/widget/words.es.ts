import type { Notice, Words } from "./words";

export const notice: Notice = [
  "Su solicitud se valora según sus respuestas y las páginas que ha visto; decide una persona. ",
  "Sus opciones",
];

export const words: Words = {
  lang: "es",
  talk: [
    "Hable con nosotros ahora",
    "Si prefiere hablarlo con nosotros, elija el momento que más le convenga.",
    "Elegir una hora",
    "se abre en una pestaña nueva",
  ],
  ask: ["La respuesta es opcional. Se envía con su solicitud y cuenta en su valoración.", "Sin respuesta"],
  close: "Cerrar",
  last: "Esto está al final de esta página.",
  questions: {
    company_size: ["¿Cuántas personas trabajan en su empresa?"],
    role: [
      "¿Cuál es su función?",
      "Propiedad o dirección general|Dirección de departamento|Responsable de equipo|Especialista|Asistencia|Estudios o prácticas",
    ],
    industry: [
      "¿En qué sector trabaja?",
      "Industria|Comercio mayorista|Comercio minorista|Logística|Software|Servicios|Construcción|Sanidad|Finanzas|Educación|Sector público|Otro sector",
    ],
    need: [
      "¿Qué desea conseguir ante todo?",
      "Ahorrar tiempo|Reducir costes|Sustituir una solución actual|Crecer|Cumplir requisitos|Nada concreto por ahora",
    ],
    timing: [
      "¿Cuándo desea empezar?",
      "Lo antes posible|En menos de tres meses|Dentro de tres a seis meses|Más adelante|Solo quiero informarme",
    ],
    budget: ["¿Hay un presupuesto para ello?", "Sí, aprobado|Previsto, aún sin aprobar|No|No lo sé"],
    authority: ["¿Cómo se tomará la decisión?", "Decido yo|Decido junto con otras personas|Decide otra persona"],
  },
};
