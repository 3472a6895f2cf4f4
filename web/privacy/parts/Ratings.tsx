import type { Held, Rated, Rating, Row } from "../check";
import { askedWords, changeWords, fieldWord, pointsWord, ratingWords, words } from "../words";

/** The rating of each form on the page that was asked, or why there is none. */
export function Ratings({ held }: { held: Held }) {
  const { forms, engine, objected } = held;
  return (
    <>
      <h2>{words.ratings}</h2>
      {objected ? <p>{words.noRating}</p> : !forms.length ? <p>{words.noForms}</p> : !engine && <p>{words.noEngine}</p>}
      {forms.map((form, i) => <Form key={i} form={form} />)}
    </>
  );
}

function Form({ form: { name, asked, said, rating, rows, changes } }: { form: Rated }) {
  return (
    <section class="rated">
      <h3>{words.form}<bdi>{name}</bdi></h3>
      {asked.length > 0 && <p><bdi>{askedWords(asked, said)}</bdi></p>}
      {rating && (
        <>
          <p class="grade">{ratingWords(rating)}</p>
          <Part rows={rows.filter(({ part }) => part === "fit")} title={words.parts.fit(rating.fit)} sum={rating.fit} />
          <Part rows={rows.filter(({ part }) => part === "engagement")} title={words.parts.engagement(rating.engagement)} sum={rating.engagement} />
          <Changes now={rating} changes={changes} />
        </>
      )}
    </section>
  );
}

/** One part of a score: its rows, which sum to it. */
function Part({ rows, title, sum }: { rows: Row[]; title: string; sum: number }) {
  return (
    <table>
      <caption>{title}</caption>
      <thead><tr><th scope="col">{words.reason}</th><th scope="col">{words.points}</th></tr></thead>
      <tbody>
        {rows.length === 0 && <tr><td>{words.noRows}</td><td>0</td></tr>}
        {rows.map(({ label, points }, i) => <tr key={i}><td><bdi>{label}</bdi></td><td>{pointsWord(points)}</td></tr>)}
      </tbody>
      <tfoot><tr><th scope="row">{words.sum}</th><td>{sum}</td></tr></tfoot>
    </table>
  );
}

function Changes({ now, changes }: { now: Rating; changes: Rated["changes"] }) {
  return (
    <details>
      <summary>{words.changes}</summary>
      <p>{changes.length ? words.changesLead : words.noChanges}</p>
      {changes.length > 0 && (
        <table>
          <thead><tr><th scope="col">{words.answer}</th><th scope="col">{words.then}</th></tr></thead>
          <tbody>
            {changes.map((change, i) => (
              <tr key={i}>
                <td><Answers field={fieldWord(change.field)} answers={change.answers} /></td>
                <td>{changeWords(now, change)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

/** Most answers with the same effect that are named. */
const NAMED = 5;

function Answers({ field, answers }: { field: string; answers: string[] }) {
  if (!answers.length) return <bdi>{words.left(field)}</bdi>;
  return (
    <>
      <bdi>{words.other(field)}</bdi>
      {answers.slice(0, NAMED).map((answer, i) => <>{i > 0 && ", "}<q><bdi>{answer}</bdi></q></>)}
      {answers.length > NAMED && words.more(answers.length - NAMED)}
    </>
  );
}
