import type { Notice, Words } from "./words";

export const notice: Notice = ["Your enquiry is rated from your answers and pages viewed; a person decides. ", "Your choices"];

export const words: Words = {
  lang: "en",
  talk: [
    "Talk to us now",
    "If you would rather talk it over, choose a time that suits you.",
    "Choose a time",
    "opens in a new tab",
  ],
  ask: ["This is optional. It goes along with your enquiry and counts in its rating.", "No answer"],
  close: "Close",
  last: "It is at the end of this page.",
  questions: {
    company_size: ["How many people work at your company?"],
    role: [
      "What is your role?",
      "Owner or managing director|Head of department|Manager or team lead|Specialist|Assistant|Student or intern",
    ],
    industry: [
      "Which industry are you in?",
      "Manufacturing|Wholesale|Retail|Logistics|Software|Services|Construction|Health care|Finance|Education|Public sector|Another industry",
    ],
    need: [
      "What would you like to achieve most?",
      "Save time|Lower costs|Replace what we use today|Grow|Meet requirements|Nothing in particular yet",
    ],
    timing: [
      "When would you like to start?",
      "As soon as possible|Within three months|In three to six months|Later|I am only looking around",
    ],
    budget: ["Is there a budget for it?", "Yes, approved|Planned, not approved yet|No|I do not know"],
    authority: ["How will the decision be made?", "I decide|I decide together with others|Somebody else decides"],
  },
};
